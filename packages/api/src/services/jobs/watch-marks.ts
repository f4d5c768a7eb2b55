import { attempts, jobs, markWatched } from "@ob/db";
import { and, eq, exists, gt, inArray, or } from "drizzle-orm";
import type { CallerContext } from "../context.ts";

/** How long the driver polls fast after the last sign of a watcher. */
const WATCH_MS = 20_000;

/** The signs that one stream gives. */
export interface WatchMarks {
  /** Tells the driver that somebody watches, and wakes what RunPod was to be asked about later. */
  mark(): Promise<void>;
}

/** Makes those of a stream that has given none yet. */
export function createWatchMarks(ctx: CallerContext): WatchMarks {
  const { hints, rows, driveSoon } = ctx.services;
  let markedAt: Date | null = null;
  return {
    async mark() {
      const now = ctx.services.now();
      const sinceMs = markedAt === null ? Infinity : now.getTime() - markedAt.getTime();
      if (sinceMs < WATCH_MS / 2) return;
      markedAt = now;
      const until = new Date(now.getTime() + WATCH_MS);
      await markWatched(hints, { ownerId: ctx.ownerId, until });
      // Before, the last mark stood: nothing was put to sleep without knowing of it.
      if (sinceMs < WATCH_MS) return;
      for (const jobId of await findSleeping(ctx, now)) {
        await rows.wake({ jobId, now });
        driveSoon(jobId);
      }
    },
  };
}

/**
 * The owner's jobs with a run at a GPU side that are to be looked at later than whoever watches expects,
 * or are being looked at by somebody who may not know of him. A job that waits for anything else has
 * nothing there to ask, and its backoff holds.
 */
async function findSleeping({ ownerId, services }: CallerContext, now: Date): Promise<string[]> {
  const { db, gpuSettings } = services;
  const soon = new Date(now.getTime() + gpuSettings.watchedPollMs);
  const submitted = db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(eq(attempts.jobId, jobs.id), eq(attempts.state, "submitted")));
  const found = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.ownerId, ownerId),
        inArray(jobs.status, ["queued", "running"]),
        inArray(jobs.stage, ["waiting", "waking", "drawing"]),
        or(gt(jobs.dueAt, soon), gt(jobs.leaseUntil, now)),
        exists(submitted),
      ),
    );
  return found.map(({ id }) => id);
}
