import type {
  AttemptApply,
  AttemptIntend,
  AttemptIntendOutcome,
  attempts,
  ClaimedJob,
  CollectTrouble,
  JobApply,
  JobCreate,
  JobCreateOutcome,
  JobLeaseRenew,
  JobRow,
  JobSchedule,
  JobsClaimDue,
  WokenAttempt,
} from "@ob/db";

export type AttemptRow = typeof attempts.$inferSelect;

/** Where a job's pictures lie in the store; null or absent = its row is not there. */
export interface PictureKeys {
  readonly image: string | null;
  readonly mask: string | null;
  /** "Picture 2" and on, in their order, by asset id. */
  readonly extras: readonly { readonly assetId: string; readonly objectKey: string | null }[];
}

/** A job as the driver finds it. */
export interface DriveState {
  readonly job: JobRow;
  /** The newest attempt; null = none yet. */
  readonly attempt: AttemptRow | null;
  /** Whether its owner watches live at this moment. */
  readonly watched: boolean;
  readonly pictures: PictureKeys;
}

/** A job as its owner may cancel it. */
export type CancellableJob = Pick<JobRow, "id" | "status" | "stage" | "cancelRequestedAt">;

/**
 * Every row the lifecycle reads or writes, and nothing else of the database. Each call is one
 * transaction: it happens whole or not at all, and a thrown error may mean either.
 */
export interface DriveRows {
  /** Creates a queued job and holds its price. */
  create(o: JobCreate): Promise<JobCreateOutcome>;
  /** Moves job, attempt, result, credits and event together. Null: a guard said no. */
  apply(o: JobApply): Promise<{ ownerId: string; seq: number; job: JobRow } | null>;
  /** Moves an attempt alone. False: it did not stand in `from`. */
  applyAttempt(o: AttemptApply): Promise<boolean>;
  /** Takes a slot and writes the intent to send, or says why not. */
  intend(o: AttemptIntend): Promise<AttemptIntendOutcome>;
  /** Makes a job due now, also while somebody drives it. */
  wake(o: { jobId: string; now: Date }): Promise<void>;
  /** The same by the secret of an attempt that has not ended. Null: no such attempt. */
  wakeByToken(o: { tokenSha256: string; now: Date }): Promise<WokenAttempt | null>;
  /** Takes leases on due jobs, oldest first. */
  claimDue(o: JobsClaimDue): Promise<ClaimedJob[]>;
  /** False: somebody else has the job. */
  renewLease(o: JobLeaseRenew): Promise<boolean>;
  /** Ends our lease and says when the job is due again. */
  schedule(o: JobSchedule): Promise<void>;

  /** A job with its newest attempt, from one moment; null = no such job. */
  read(o: { jobId: string; now: Date }): Promise<DriveState | null>;
  /** One of an owner's jobs that is not erased; null = none of his. */
  readOwned(o: { jobId: string; ownerId: string }): Promise<CancellableJob | null>;
  readAttempt(attemptId: string): Promise<AttemptRow | null>;
  /** Attempts that surely or possibly occupy the backend, as `intend` counts them. */
  countSlotsTaken(backend: string): Promise<number>;
  /** Queued jobs of the same backend that came before. */
  countQueuedAhead(job: Pick<JobRow, "id" | "backend" | "createdAt">): Promise<number>;
  /**
   * The oldest job that waits for a slot and did not fail after `failedBefore`; null = none. One that
   * nobody has looked at yet does not wait: whoever created it is about to.
   */
  findNextWaiting(o: { backend: string; now: Date; failedBefore: Date }): Promise<string | null>;
  /** Plans to erase objects that are not in use yet; what is planned already stays as planned. */
  planErasures(o: { keys: readonly string[]; dueAt: Date }): Promise<void>;
  /** Takes back the planned erasures of those objects that are in use now. */
  takeBackErasures(keys: readonly string[]): Promise<void>;
  /** Keeps for operators why a finished result could not be stored this time. */
  noteCollectTrouble(o: CollectTrouble): Promise<void>;
}
