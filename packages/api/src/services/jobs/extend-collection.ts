import type { AttemptRow } from "./drive/drive-rows.ts";
import type { LifecycleContext } from "./drive/drive-context.ts";
import { applyJobEvent } from "./apply-job-event.ts";

/** RunPod throws a result away 30 minutes after its completion; the last two are not ours to promise. */
export const COLLECTABLE_MS = 28 * 60_000;

/** What became of an operator's wish for more time. */
export type ExtendOutcome =
  | { kind: "extended"; collectBy: Date }
  | { kind: "not-found" }
  /** Nothing is waiting to be stored. */
  | { kind: "not-storing" }
  /** The result is as good as gone, or already has until then. */
  | { kind: "no-time-left"; collectBy: Date };

/**
 * Gives a finished result that could not be stored `minutes` from now, and tries again at once; never
 * longer than the GPU side surely keeps it.
 */
export async function extendCollection(
  ctx: LifecycleContext,
  { jobId, minutes }: { jobId: string; minutes: number },
): Promise<ExtendOutcome> {
  const now = ctx.now();
  const state = await ctx.rows.read({ jobId, now });
  if (state === null) return { kind: "not-found" };
  const { job, attempt } = state;
  if (job.status !== "storing" || job.collectBy === null || attempt === null) {
    return { kind: "not-storing" };
  }
  const latest = completedAt(attempt, now).getTime() + COLLECTABLE_MS;
  const collectBy = new Date(Math.min(latest, now.getTime() + minutes * 60_000));
  if (collectBy <= job.collectBy || collectBy <= now) {
    return { kind: "no-time-left", collectBy: job.collectBy };
  }
  const extended = await applyJobEvent(ctx, "collectExtended", { job, facts: { collectBy } });
  if (extended === null) return { kind: "not-storing" };
  await ctx.rows.wake({ jobId, now });
  ctx.driveSoon(jobId);
  return { kind: "extended", collectBy };
}

/** When the run ended, as early as may be: we may have asked late, so its own durations count too. */
function completedAt({ endedAt, sentAt, delayMs, executionMs }: AttemptRow, now: Date): Date {
  const noticedMs = (endedAt ?? now).getTime();
  if (sentAt === null || delayMs === null || executionMs === null) return new Date(noticedMs);
  return new Date(Math.min(noticedMs, sentAt.getTime() + delayMs + executionMs));
}
