import type { ClaimedJob } from "@ob/db";
import { bindWebhookJob } from "../../src/services/jobs/drive/bind-webhook-job.ts";
import { driveJob } from "../../src/services/jobs/drive/drive-job.ts";
import type { DriveContext } from "../../src/services/jobs/drive/drive-context.ts";
import { sha256Hex } from "../../src/services/sha256-hex.ts";
import type { Fault } from "./faults.ts";
import type { Replica } from "./replica.ts";

const SECOND_RING_MS = 1_000;
const SCHEDULE_AGAIN_MS = 250;
const AT_ONCE = 4;

export interface ServerProcessOptions {
  readonly replica: Replica;
  readonly ctx: DriveContext;
  readonly fault: (fault: Fault) => void;
  /** A drive has ended with an error. */
  readonly onTrouble: (jobId: string, error: unknown) => void;
}

/** What a server does by itself: claims, drives under a lease, answers webhooks. */
export interface ServerProcess {
  readonly replica: Replica;
  readonly ctx: DriveContext;
  /** Claims what is due, or this one job, and drives it. */
  look(jobId: string | null): void;
  /** RunPod rings with this token and names this id. */
  ring(token: string, runpodJobId: string | null): void;
}

interface Lease {
  readonly jobId: string;
  readonly leaseOwner: string;
  readonly lost: AbortController;
  heldUntilMs: number;
  isOver: boolean;
}

/** Makes one; it moves only when told. */
export function createServerProcess(o: ServerProcessOptions): ServerProcess {
  const { replica, ctx } = o;
  const { leaseMs } = ctx.gpuSettings;
  const driving = new Set<string>();
  let claims = 0;

  async function look(jobId: string | null): Promise<void> {
    if (!replica.isAlive || driving.size >= AT_ONCE) return;
    claims += 1;
    const leaseOwner = `${replica.name}:${claims}`;
    const one = jobId === null ? {} : { jobId };
    const limit = AT_ONCE - driving.size;
    const claimed = await ctx.rows.claimDue({
      limit,
      leaseOwner,
      leaseMs,
      now: ctx.now(),
      ...one,
    });
    for (const claim of claimed) void drive(claim, leaseOwner);
  }

  async function drive({ jobId, wakes }: ClaimedJob, leaseOwner: string): Promise<void> {
    const heldUntilMs = ctx.now().getTime() + leaseMs;
    const lease: Lease = {
      jobId,
      leaseOwner,
      heldUntilMs,
      isOver: false,
      lost: new AbortController(),
    };
    driving.add(leaseOwner);
    keepAlive(o, lease);
    const dueAt = await driveOnce(o, lease);
    lease.isOver = true;
    driving.delete(leaseOwner);
    if (dueAt === "lost") return;
    schedule(o, lease, { dueAt, wakesSeen: wakes });
  }

  function ring(token: string, runpodJobId: string | null): void {
    void ringOnce(o, token, async ({ attemptId }) => {
      if (runpodJobId === null) return;
      const { signal } = new AbortController();
      await bindWebhookJob(ctx, { attemptId, runpodJobId }, signal);
    }).catch(() => {});
  }

  return { replica, ctx, look: (jobId) => void look(jobId).catch(() => {}), ring };
}

/** As the server's own: renewed until it is over; one that cannot be renewed in time is lost. */
function keepAlive(o: ServerProcessOptions, lease: Lease): void {
  const { ctx, replica } = o;
  const { leaseMs, leaseRenewMs } = ctx.gpuSettings;
  replica.later(leaseRenewMs, () => {
    if (lease.isOver || lease.lost.signal.aborted) return;
    const now = ctx.now();
    const { jobId, leaseOwner } = lease;
    ctx.rows.renewLease({ jobId, leaseOwner, leaseMs, now }).then(
      (renewed) => {
        if (renewed) lease.heldUntilMs = now.getTime() + leaseMs;
        else {
          o.fault("lease: lapsed in a pause");
          lease.lost.abort(new Error("the lease is lost"));
        }
      },
      () => {
        if (ctx.now().getTime() >= lease.heldUntilMs) {
          lease.lost.abort(new Error("the lease is lost"));
        }
      },
    );
    keepAlive(o, lease);
  });
}

async function driveOnce(o: ServerProcessOptions, lease: Lease): Promise<Date | null | "lost"> {
  const { ctx } = o;
  try {
    const { signal } = lease.lost;
    return await driveJob(ctx, lease.jobId, { signal, stopping: () => false });
  } catch (error) {
    o.onTrouble(lease.jobId, error);
    if (lease.lost.signal.aborted) return "lost";
    return new Date(ctx.now().getTime() + ctx.gpuSettings.backoffMs);
  }
}

/** Asked again for as long as the lease holds. */
function schedule(
  o: ServerProcessOptions,
  lease: Lease,
  next: { dueAt: Date | null; wakesSeen: number },
): void {
  const { ctx, replica } = o;
  const { jobId, leaseOwner } = lease;
  ctx.rows.schedule({ jobId, leaseOwner, ...next, now: ctx.now() }).catch(() => {
    if (ctx.now().getTime() >= lease.heldUntilMs) return;
    replica.later(SCHEDULE_AGAIN_MS, () => schedule(o, lease, next));
  });
}

/** As the server's own route: rung once, and a second later again while the attempt has no id. */
async function ringOnce(
  o: ServerProcessOptions,
  token: string,
  bind: (attempt: { attemptId: string }) => Promise<void>,
): Promise<void> {
  const { ctx, replica } = o;
  ctx.failpoint("webhook.received");
  const tokenSha256 = sha256Hex(token);
  const woken = await ctx.rows.wakeByToken({ tokenSha256, now: ctx.now() });
  if (woken === null) return;
  ctx.driveSoon(woken.jobId);
  if (woken.hasRunpodJobId) return;
  replica.later(SECOND_RING_MS, () => {
    void ctx.rows
      .wakeByToken({ tokenSha256, now: ctx.now() })
      .then(async (again) => {
        if (again === null) return;
        ctx.driveSoon(again.jobId);
        if (!again.hasRunpodJobId) await bind(again);
      })
      .catch(() => {});
  });
}
