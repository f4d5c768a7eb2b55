import { createHash, randomUUID } from "node:crypto";
import { appRouter, driveJob } from "@ob/api";
import { editRequest } from "../world/edit-request.ts";
import type { InstantGpu } from "../world/instant-gpu.ts";
import type { BenchContext } from "../world/open-services.ts";
import type { Person } from "../world/add-person.ts";

/**
 * One job from the click to the delivered picture through our service code: created, claimed, sent,
 * rung for, reconciled, collected, captured. Only HTTP, pixels and the disk of pictures are left out.
 * `gpu` is this caller's own, so that the bell found there is that of this job.
 */
export async function serviceLifecycle(
  ctx: BenchContext,
  gpu: InstantGpu,
  person: Person,
): Promise<void> {
  const caller = appRouter.createCaller({
    services: ctx,
    ownerId: person.ownerId,
    requestId: "bench",
    origin: "http://studio.bench",
  });
  const { id } = await caller.jobs.create(editRequest({ imageAssetId: person.imageAssetId }));
  await drive(ctx, id);
  const token = gpu.bells.pop();
  if (token === undefined) throw new Error(`job ${id} was not sent`);
  const tokenSha256 = createHash("sha256").update(token).digest("hex");
  const woken = await ctx.rows.wakeByToken({ tokenSha256, now: ctx.now() });
  if (woken === null) throw new Error("a token that nobody knows");
  await drive(ctx, woken.jobId);
}

async function drive(ctx: BenchContext, jobId: string): Promise<void> {
  const leaseOwner = randomUUID();
  const { leaseMs } = ctx.gpuSettings;
  const [claim] = await ctx.rows.claimDue({
    limit: 1,
    leaseOwner,
    leaseMs,
    now: ctx.now(),
    jobId,
  });
  if (claim === undefined) throw new Error(`job ${jobId} is not due`);
  const { signal } = new AbortController();
  const dueAt = await driveJob(ctx, jobId, { signal, stopping: () => false });
  const wakesSeen = claim.wakes;
  await ctx.rows.schedule({ jobId, leaseOwner, wakesSeen, dueAt, now: ctx.now() });
}
