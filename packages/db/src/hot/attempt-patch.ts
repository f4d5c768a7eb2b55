import type { AttemptDeadReason, AttemptState } from "../schema/attempts.ts";

/** What becomes known of an attempt when it moves; absent = stays as it is. */
export interface AttemptPatch {
  runpodJobId?: string;
  sentAt?: Date;
  submittedAt?: Date;
  /** Keeps the first one given. */
  startedAt?: Date;
  /** Required when the attempt becomes dead; `ttl` only from its `deadAfter` on. */
  deadReason?: AttemptDeadReason;
  /** For operators, at most 2,000 characters. */
  failureMessage?: string;
  /** False for a refusal that used up no try. */
  countsAsTry?: boolean;
  delayMs?: number;
  executionMs?: number;
}

/** One step of an attempt, refused unless it stands in `from`. */
export interface AttemptMove extends AttemptPatch {
  id: string;
  from: readonly AttemptState[];
  to: AttemptState;
}
