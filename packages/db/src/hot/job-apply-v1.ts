import type { SqlRunner } from "../client.ts";
import type { StoredFidelity } from "../schema/attempts.ts";
import type { JobFailureCode, JobStage, JobStatus } from "../schema/jobs.ts";
import type { AttemptMove } from "./attempt-patch.ts";
import { type JobRow, readJobRow } from "./job-row.ts";
import { jsonText } from "./json-text.ts";

/** The delivered picture, written with `stored`. */
export interface JobResultFacts {
  attemptId: string;
  objectKey: string;
  previewKey: string;
  sha256: string;
  contentType: string;
  bytes: number;
  width: number;
  height: number;
  fidelity: StoredFidelity;
}

/** What the event brings; absent = stays as it is. */
export interface JobFacts {
  /** Absent: the status's own (`drawing`, `storing`, …; `waiting` on the way back to queued). */
  stage?: JobStage;
  /** 0 to 1; never goes backwards while running, but for `died`, which makes it unknown. */
  progress?: number | null;
  /** Required when the job fails. */
  errorCode?: JobFailureCode;
  /** The code shown in the event; absent: `errorCode`. */
  eventCode?: string | null;
  /** When somebody must look next; null = nobody need. */
  dueAt?: Date | null;
  collectBy?: Date;
  deadlineAt?: Date;
  /** Keeps the first one given. */
  startedAt?: Date;
  /** Notes the wish (the first one's time stays) and rings the doorbell. */
  cancelRequested?: true;
  /** Refuse while an attempt would still be live afterwards. */
  requireNoLiveAttempt?: true;
  /** Refuse once the user has asked to cancel. */
  unlessCancelRequested?: true;
  /** The attempt used up no try. */
  giveBackTry?: true;
  attempt?: AttemptMove;
  result?: JobResultFacts;
}

export interface JobApply {
  jobId: string;
  event: string;
  from: readonly JobStatus[];
  /** Null keeps the status. */
  to: JobStatus | null;
  /** Settlement of the held price; exactly with the events that end a job. */
  credits: "capture" | "release" | null;
  /** Used when `credits` is not null. */
  transferId: string;
  now: Date;
  facts: JobFacts;
}

/**
 * Moves job, attempt, result, credits and event together. `null`: a guard said no (late or
 * repeated report, wrong attempt state, a wish in the way) and nothing changed.
 * @throws PostgresError naming the constraint when the move itself is not lawful.
 */
export async function jobApplyV1(
  sql: SqlRunner,
  o: JobApply,
): Promise<{ ownerId: string; seq: number; job: JobRow } | null> {
  const rows = await sql`
    select * from job_apply_v1(${o.jobId}, ${o.event}, ${[...o.from]}::text[], ${o.to},
      ${o.credits}, ${o.transferId}, ${o.now}, ${jsonText(o.facts)}::text::jsonb)`;
  const row = rows[0];
  if (row === undefined) return null;
  const job = readJobRow(row);
  return { ownerId: job.ownerId, seq: job.lastSeq, job };
}
