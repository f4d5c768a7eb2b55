import {
  findAttempt,
  isLive as isLiveAttempt,
} from "../../src/testing/memory-rows/memory-tables.ts";
import type { AttemptRow } from "../../src/services/jobs/drive/drive-rows.ts";
import type { GpuTruth, TrueRun } from "./gpu-truth.ts";
import type { WatchedTables } from "./watch-tables.ts";

interface Births {
  readonly tables: WatchedTables;
  readonly truth: GpuTruth;
  readonly fail: (what: string) => void;
}

/** Invariant 8, by the truth: a run is queued, and no other of its job may live at this moment. */
export function checkBirth(
  { tables, truth, fail }: Births,
  run: TrueRun,
  isLive: (other: TrueRun) => boolean,
): void {
  const attempt = findAttempt(tables, ({ filePrefix }) => filePrefix === run.filePrefix);
  if (attempt === null) return fail(`8: ${run.id} was sent without an intent`);
  for (const other of truth.runs) {
    if (other.filePrefix === run.filePrefix) return fail(`8: ${attempt.id} was sent twice`);
    const sibling = findAttempt(tables, ({ filePrefix }) => filePrefix === other.filePrefix);
    if (sibling?.jobId !== attempt.jobId || !isLive(other)) continue;
    return fail(`8: ${other.id} and ${run.id} of one job live at once`);
  }
}

/** A process that was told "accepted" must have kept the id, whatever had become of the job. */
export function checkKept(
  { fail }: Pick<Births, "fail">,
  attempt: AttemptRow,
  runpodJobId: string,
): void {
  if (attempt.state !== "intent" && attempt.state !== "unknown") return;
  fail(`an accepted run was lost sight of: ${runpodJobId} of ${attempt.id}`);
}

/** What may come late at most: a process that died, and the silence that is borne past each limit. */
const GRACE_MS = 5 * 60_000;

/** Invariant 11: who has outlived his time; null = nobody. */
export function overdue(tables: WatchedTables, nowMs: number): string | null {
  for (const job of tables.jobs.values()) {
    if (job.finishedAt !== null) continue;
    const limitMs = Math.max(job.deadlineAt.getTime(), job.collectBy?.getTime() ?? 0);
    if (nowMs > limitMs + GRACE_MS) return `11: job ${job.id} outlived its time, ${job.status}`;
  }
  for (const ofJob of tables.attempts.values()) {
    const live = ofJob.find(isLiveAttempt);
    if (live !== undefined && nowMs > surelyKilledMs(live) + GRACE_MS) {
      return `11: attempt ${live.id} outlived its time, ${live.state}`;
    }
  }
  return null;
}

/** Where its answer is known, the TTL may have begun as late as that came: as `npm run check:invariants` counts. */
function surelyKilledMs({ intentAt, deadAfter, submittedAt }: AttemptRow): number {
  const spanMs = deadAfter.getTime() - intentAt.getTime();
  return Math.max(deadAfter.getTime(), (submittedAt?.getTime() ?? 0) + spanMs);
}
