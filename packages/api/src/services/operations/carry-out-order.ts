import { type AppErrorCode, AppError } from "../../domain/app-error.ts";
import type { ServiceContext } from "../context.ts";
import { extendCollection } from "../jobs/extend-collection.ts";
import { retryJob } from "../jobs/retry-job.ts";
import { wishCancel } from "../jobs/wish-cancel.ts";
import { followJob, type JobTrack, readTrack } from "./follow-job.ts";
import { learnGpuHealth } from "./learn-gpu-health.ts";
import { noteOrder, type Order } from "./note-order.ts";

/** An order with what it needs besides. */
export type JobOrder = Pick<Order, "jobId" | "author" | "reason"> &
  (
    | { readonly action: "reconcile" | "replay" | "cancel" }
    | { readonly action: "extend"; readonly minutes: number }
    /** The new job's request id; the same one makes no second job. */
    | { readonly action: "retry"; readonly requestId: string }
  );

/** What came of an order. */
export type OrderOutcome =
  | { readonly kind: "not-found" }
  /** The rules say no; nothing changed but the note of the order. */
  | { readonly kind: "refused"; readonly code: AppErrorCode | OrderRefusal }
  /** A new job of the same owner. */
  | { readonly kind: "retried"; readonly newJobId: string }
  | { readonly kind: "extended"; readonly collectBy: Date }
  /** Carried out by the driver; `after` null = nothing had changed when we stopped looking. */
  | { readonly kind: "followed"; readonly before: JobTrack; readonly after: JobTrack | null };

type OrderRefusal = "NOT_STORING" | "NO_TIME_LEFT";

export interface OrderContext {
  readonly services: ServiceContext;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long a woken job is followed, ms. */
  readonly followMs: number;
}

/** Notes an order and carries it out, by the same rules that bind the owner and the driver. */
export async function carryOutOrder(ctx: OrderContext, order: JobOrder): Promise<OrderOutcome> {
  const { services } = ctx;
  const { jobId, action, author, reason } = order;
  const before = await readTrack(services, jobId);
  const noted = await noteOrder(services, { jobId, action, author, reason });
  if (noted === null || before === null) return { kind: "not-found" };
  const { ownerId } = noted;
  switch (order.action) {
    case "retry":
      await learnGpuHealth(services.gpus);
      return obeyRules(async () => {
        const caller = { services, ownerId, requestId: services.newId(), origin: NOWHERE };
        const job = await retryJob(caller, { jobId, requestId: order.requestId });
        return { kind: "retried", newJobId: job.id };
      });
    case "cancel":
      return obeyRules(async () => {
        await wishCancel(services, { jobId, ownerId });
        return follow(ctx, { jobId, before });
      });
    case "extend":
      return extend(services, order);
    case "replay":
      // Anything else has no result that could be collected once more.
      if (before.status !== "storing") return { kind: "refused", code: "NOT_STORING" };
      return wakeAndFollow(ctx, { jobId, before });
    case "reconcile":
      return wakeAndFollow(ctx, { jobId, before });
  }
}

/** A new job has no picture yet, so no URL is made. */
const NOWHERE = "http://operator.invalid";

async function obeyRules(act: () => Promise<OrderOutcome>): Promise<OrderOutcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", code: error.code };
    throw error;
  }
}

async function extend(
  services: ServiceContext,
  { jobId, minutes }: { jobId: string; minutes: number },
): Promise<OrderOutcome> {
  const outcome = await extendCollection(services, { jobId, minutes });
  switch (outcome.kind) {
    case "extended":
      return outcome;
    case "not-found":
      return { kind: "not-found" };
    case "not-storing":
      return { kind: "refused", code: "NOT_STORING" };
    case "no-time-left":
      return { kind: "refused", code: "NO_TIME_LEFT" };
  }
}

interface Followed {
  readonly jobId: string;
  readonly before: JobTrack;
}

async function wakeAndFollow(ctx: OrderContext, followed: Followed): Promise<OrderOutcome> {
  const { rows, now, driveSoon } = ctx.services;
  await rows.wake({ jobId: followed.jobId, now: now() });
  driveSoon(followed.jobId);
  return follow(ctx, followed);
}

async function follow(ctx: OrderContext, { jobId, before }: Followed): Promise<OrderOutcome> {
  const looking = { db: ctx.services.db, sleep: ctx.sleep };
  const after = await followJob(looking, { jobId, before, withinMs: ctx.followMs });
  return { kind: "followed", before, after };
}
