import type { Sql } from "../client.ts";
import { balancesMatchTransfers } from "./balances-match-transfers.ts";
import { doneMeansCapturedAndStored } from "./done-means-captured-and-stored.ts";
import { eventsHaveNoGap } from "./events-have-no-gap.ts";
import { everythingEndsInTime } from "./everything-ends-in-time.ts";
import { heldMatchesOpenJobs } from "./held-matches-open-jobs.ts";
import { historyIsNeverRewritten } from "./history-is-never-rewritten.ts";
import type { Invariant } from "./invariant.ts";
import { oneEffectPerOutsideEvent } from "./one-effect-per-outside-event.ts";
import { oneLiveAttemptPerJob } from "./one-live-attempt-per-job.ts";
import { oneOwnerPerJob } from "./one-owner-per-job.ts";
import { oneSettlementPerEndedJob } from "./one-settlement-per-ended-job.ts";

/** Number 8 is missing: only the simulator knows it. */
export const INVARIANTS: readonly Invariant[] = [
  balancesMatchTransfers,
  heldMatchesOpenJobs,
  oneSettlementPerEndedJob,
  doneMeansCapturedAndStored,
  historyIsNeverRewritten,
  oneEffectPerOutsideEvent,
  oneLiveAttemptPerJob,
  eventsHaveNoGap,
  oneOwnerPerJob,
  everythingEndsInTime,
];

export interface InvariantReport {
  invariant: number;
  title: string;
  /** Empty = it holds. */
  violations: object[];
}

export interface InvariantCheck {
  now: Date;
  /** Liveness counts from no earlier than this. */
  serverStartedAt?: Date;
  /** SHA-256 (hex) of a stored object, null when there is none; absent = objects are not looked at. */
  objectSha256?: (objectKey: string) => Promise<string | null>;
}

/** Runs every invariant on one snapshot, so that it can be asked while the service works. */
export async function checkInvariants(sql: Sql, check: InvariantCheck): Promise<InvariantReport[]> {
  const context = {
    now: check.now,
    serverStartedAt: check.serverStartedAt ?? null,
    objectSha256: check.objectSha256 ?? null,
  };
  const found: { invariant: Invariant; violations: object[] }[] = [];
  await sql.begin("isolation level repeatable read read only", async (snapshot) => {
    for (const invariant of INVARIANTS) {
      found.push({ invariant, violations: [...(await invariant.find(snapshot, context))] });
    }
  });
  const reports: InvariantReport[] = [];
  for (const { invariant, violations } of found) {
    const { number, title, confirm } = invariant;
    const isOpen = violations.length > 0 && confirm !== undefined;
    const confirmed = isOpen ? await confirm(sql, violations) : violations;
    reports.push({ invariant: number, title, violations: confirmed });
  }
  return reports;
}
