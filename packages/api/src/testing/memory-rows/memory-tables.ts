import type { creditTransfers, JobResultFacts, JobRow, jobEvents } from "@ob/db";
import type { AttemptRow } from "../../services/jobs/drive/drive-rows.ts";
import { keep } from "./row-refused.ts";

export type TransferRow = Omit<typeof creditTransfers.$inferSelect, "ordinal">;
export type EventRow = typeof jobEvents.$inferSelect;
export type ResultRow = JobResultFacts & { readonly jobId: string; readonly createdAt: Date };

export interface OwnerRow {
  readonly lastSeq: number;
  readonly available: number;
  readonly held: number;
  /** Until when he watches live; null = he does not. */
  readonly watchedUntil: Date | null;
}

export interface AssetRow {
  readonly ownerId: string;
  readonly kind: "image" | "mask";
  readonly objectKey: string;
}

/** Every table of the lifecycle. Rows are never changed in place: a row that was read stays as it was. */
export interface MemoryTables {
  readonly owners: Map<string, OwnerRow>;
  readonly assets: Map<string, AssetRow>;
  readonly jobs: Map<string, JobRow>;
  /** "Picture 2" and on of each job. */
  readonly extras: Map<string, readonly string[]>;
  /** By job, in the order of `n`. */
  readonly attempts: Map<string, readonly AttemptRow[]>;
  readonly transfers: TransferRow[];
  readonly events: EventRow[];
  readonly results: Map<string, ResultRow>;
  /** Planned erasures, by object key. */
  readonly erasures: Map<string, Date>;
  /** Kept answers, by owner and request. */
  readonly kept: Map<string, { readonly requestHash: string; readonly response: string }>;
}

/** Makes empty tables. */
export function createMemoryTables(): MemoryTables {
  return {
    owners: new Map(),
    assets: new Map(),
    jobs: new Map(),
    extras: new Map(),
    attempts: new Map(),
    transfers: [],
    events: [],
    results: new Map(),
    erasures: new Map(),
    kept: new Map(),
  };
}

/** What one call is about to write. Nothing of it is there before {@link commit}. */
export interface Draft {
  owner?: [string, OwnerRow];
  job?: JobRow;
  attempt?: AttemptRow;
  result?: ResultRow;
  transfer?: TransferRow;
  event?: EventRow;
}

/** Writes a whole draft. */
export function commit(tables: MemoryTables, draft: Draft): void {
  if (draft.owner !== undefined) tables.owners.set(...draft.owner);
  if (draft.job !== undefined) tables.jobs.set(draft.job.id, draft.job);
  if (draft.attempt !== undefined) putAttempt(tables, draft.attempt);
  if (draft.result !== undefined) tables.results.set(draft.result.jobId, draft.result);
  if (draft.transfer !== undefined) tables.transfers.push(draft.transfer);
  if (draft.event !== undefined) tables.events.push(draft.event);
}

function putAttempt(tables: MemoryTables, attempt: AttemptRow): void {
  const before = tables.attempts.get(attempt.jobId) ?? [];
  const others = before.filter(({ id }) => id !== attempt.id);
  tables.attempts.set(
    attempt.jobId,
    [...others, attempt].toSorted((a, b) => a.n - b.n),
  );
}

/** The newest attempt of a job; null = none yet. */
export function newestAttempt(tables: MemoryTables, jobId: string): AttemptRow | null {
  return tables.attempts.get(jobId)?.at(-1) ?? null;
}

/** Finds an attempt by what only it has. */
export function findAttempt(
  tables: MemoryTables,
  is: (attempt: AttemptRow) => boolean,
): AttemptRow | null {
  for (const ofJob of tables.attempts.values()) {
    const found = ofJob.find(is);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether an attempt may still have a run. */
export function isLive({ state }: AttemptRow): boolean {
  return state === "intent" || state === "submitted" || state === "unknown";
}

const DIRECTIONS = {
  hold: { debit: "available", credit: "held" },
  capture: { debit: "held", credit: "revenue" },
  release: { debit: "held", credit: "available" },
} as const;

/** Moves credits of an owner, as `credit_post_v1` does. @throws {RowRefused} */
export function postCredits(
  tables: MemoryTables,
  owner: OwnerRow,
  o: Pick<TransferRow, "id" | "ownerId" | "amount" | "createdAt"> & {
    readonly kind: keyof typeof DIRECTIONS;
    readonly jobId: string;
    readonly reason: TransferRow["reason"];
  },
): { owner: OwnerRow; transfer: TransferRow } {
  const { debit, credit } = DIRECTIONS[o.kind];
  const change = (account: "available" | "held") =>
    (credit === account ? o.amount : 0) - (debit === account ? o.amount : 0);
  const available = owner.available + change("available");
  const held = owner.held + change("held");
  keep("credit_balances_not_negative", available >= 0 && held >= 0);
  const isSame = (kind: string) => (kind === "hold") === (o.kind === "hold");
  keep(
    o.kind === "hold" ? "credit_transfers_one_hold" : "credit_transfers_one_settlement",
    !tables.transfers.some((other) => other.jobId === o.jobId && isSame(other.kind)),
  );
  const transfer: TransferRow = {
    ...o,
    debitAccount: debit,
    creditAccount: credit,
    availableAfter: available,
    paymentId: null,
    externalRef: null,
    author: null,
  };
  return { owner: { ...owner, available, held }, transfer };
}

/** The event of a job as it stands after a move. */
export function eventOf(
  job: JobRow,
  { event, code, now }: { event: string; code: string | null; now: Date },
): EventRow {
  const { ownerId, lastSeq: seq, id: jobId, status, stage, progress } = job;
  return { ownerId, seq, jobId, event, status, stage, progress, code, createdAt: now };
}
