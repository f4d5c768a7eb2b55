import { noteSightings, type Sql } from "@ob/db";
import type { Log } from "../context.ts";
import { createBackgroundRun } from "./background-run.ts";

/** Notes when the end of a job was first shown to its owner. */
export interface Sightings {
  /** Returns at once; repeats cost nothing. */
  note(jobId: string): void;
  /** Resolves when everything noted so far is written or given up. */
  settle(): Promise<void>;
}

/** What was noted lately is not noted again; more than this is forgotten at once. */
const MAX_REMEMBERED = 10_000;
const MAX_WAITING = 5_000;
const BATCH = 500;

/** Makes the sightings of this process: written in batches, in the background, and never in anybody's way. */
export function createSightings({
  sql,
  log,
  now,
}: {
  readonly sql: Sql;
  readonly log: Pick<Log, "warn">;
  readonly now: () => Date;
}): Sightings {
  const remembered = new Set<string>();
  const waiting = new Map<string, Date>();
  const background = createBackgroundRun(async () => {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, BATCH).map(([jobId, seenAt]) => ({ jobId, seenAt }));
      for (const { jobId } of batch) waiting.delete(jobId);
      try {
        await noteSightings(sql, batch);
      } catch (cause) {
        // A figure for operators: the next look at such a job notes it then.
        for (const { jobId } of batch) remembered.delete(jobId);
        log.warn("sightings.not-written", { jobs: batch.length, cause });
      }
    }
  });
  return {
    note(jobId) {
      if (remembered.has(jobId) || waiting.size >= MAX_WAITING) return;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.add(jobId);
      waiting.set(jobId, now());
      background.start();
    },
    settle: () => background.settle(),
  };
}
