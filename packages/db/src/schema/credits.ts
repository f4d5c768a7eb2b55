import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { jobs } from "./jobs.ts";
import { owners } from "./owners.ts";

/** Accounts an owner has: a cached balance row each, never below zero. */
export const OWNER_ACCOUNTS = ["available", "held", "debt"] as const;
/** Accounts of the house: sums of transfers, no row to lock. */
export const SYSTEM_ACCOUNTS = ["revenue", "grants", "payments", "adjustments", "expired"] as const;
/** What a transfer can be. Each kind has one direction, see {@link creditTransfers}. */
export const TRANSFER_KINDS = [
  "grant",
  "purchase",
  "hold",
  "capture",
  "release",
  "refund",
  "adjust",
  "expire",
] as const;

/** Why a transfer was made; releases say how the job ended. */
export const TRANSFER_REASONS = ["welcome", "job", "failed", "cancelled"] as const;

export type TransferKind = (typeof TRANSFER_KINDS)[number];
export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** Cached balances, integers in credits. Kept by the functions that write transfers, in the same transaction. */
export const creditBalances = pgTable(
  "credit_balances",
  {
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    account: text("account", { enum: OWNER_ACCOUNTS }).notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.account] }),
    check("credit_balances_account_known", sql`${t.account} in ('available', 'held', 'debt')`),
    check("credit_balances_not_negative", sql`${t.amount} >= 0`),
  ],
);

/**
 * The ledger: append-only double entry. `amount` credits leave `debitAccount` and arrive at
 * `creditAccount`; owner accounts are those of `ownerId`. Never updated, never deleted.
 */
export const creditTransfers = pgTable(
  "credit_transfers",
  {
    id: uuid("id").primaryKey(),
    /** Order of writing; breaks ties of `createdAt` in the history. */
    ordinal: bigint("ordinal", { mode: "number" }).generatedAlwaysAsIdentity(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    kind: text("kind", { enum: TRANSFER_KINDS }).notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
    debitAccount: text("debit_account", {
      enum: [...OWNER_ACCOUNTS, ...SYSTEM_ACCOUNTS],
    }).notNull(),
    creditAccount: text("credit_account", {
      enum: [...OWNER_ACCOUNTS, ...SYSTEM_ACCOUNTS],
    }).notNull(),
    /** The owner's available credits after this transfer, as the history shows it. */
    availableAfter: bigint("available_after", { mode: "number" }).notNull(),
    /** The job behind a hold or its settlement; the same owner's. */
    jobId: uuid("job_id"),
    paymentId: uuid("payment_id"),
    /** Names the one outside fact behind it (`welcome:<owner>`, later a payment object); unique. */
    externalRef: text("external_ref"),
    /** A closed reason code; its texts live with the application's messages. */
    reason: text("reason", { enum: TRANSFER_REASONS }).notNull(),
    /** Who decided; required for `adjust`. */
    author: text("author"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    foreignKey({
      name: "credit_transfers_job_of_owner",
      columns: [t.jobId, t.ownerId],
      foreignColumns: [jobs.id, jobs.ownerId],
    }).onDelete("restrict"),
    check("credit_transfers_amount_positive", sql`${t.amount} > 0`),
    check(
      "credit_transfers_direction",
      sql`(${t.kind}, ${t.debitAccount}, ${t.creditAccount}) in (
        ('grant', 'grants', 'available'),
        ('purchase', 'payments', 'available'),
        ('hold', 'available', 'held'),
        ('capture', 'held', 'revenue'),
        ('release', 'held', 'available'),
        ('refund', 'revenue', 'available'),
        ('adjust', 'adjustments', 'available'),
        ('adjust', 'available', 'adjustments'),
        ('expire', 'available', 'expired'))`,
    ),
    check(
      "credit_transfers_job_required",
      sql`${t.kind} not in ('hold', 'capture', 'release', 'refund') or ${t.jobId} is not null`,
    ),
    check(
      "credit_transfers_author_required",
      sql`${t.kind} <> 'adjust' or ${t.author} is not null`,
    ),
    uniqueIndex("credit_transfers_one_hold")
      .on(t.jobId)
      .where(sql`kind = 'hold'`),
    uniqueIndex("credit_transfers_one_settlement")
      .on(t.jobId)
      .where(sql`kind in ('capture', 'release')`),
    uniqueIndex("credit_transfers_external_ref").on(t.externalRef),
    // What came back for a job.
    index("credit_transfers_job_idx").on(t.jobId),
    index("credit_transfers_owner_idx").on(t.ownerId, t.ordinal),
  ],
);
