import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { jobs } from "./jobs.ts";

/** What a request to the GPU side was for. */
export const EXCHANGE_OPERATIONS = [
  "submit",
  "report",
  "cancel",
  "health",
  "upload",
  "download",
  "follow",
] as const;

/**
 * Failed exchanges with the GPU side, for operators. The first of a backend, operation and cause in
 * a minute is kept whole, the others are counted. No input, prompt, picture or secret is in it, so
 * that erasing a job needs no edit here. Kept 30 days.
 */
export const gpuIncidents = pgTable(
  "gpu_incidents",
  {
    id: uuid("id").primaryKey(),
    backend: text("backend").notNull(),
    operation: text("operation", { enum: EXCHANGE_OPERATIONS }).notNull(),
    /** Closed code of the GPU package, which also holds the advice for it. */
    cause: text("cause").notNull(),
    /** Start of the minute the exchanges began in. */
    minute: moment("minute").notNull(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    occurrences: integer("occurrences").notNull(),
    /** Attempts that met it, as far as they are known; at most 50. */
    attemptIds: uuid("attempt_ids").array().notNull(),
    /** The first one, redacted: request, response, timings, checks. */
    exchange: jsonb("exchange").notNull(),
  },
  (t) => [
    uniqueIndex("gpu_incidents_once_a_minute").on(t.minute, t.backend, t.operation, t.cause),
    check(
      "gpu_incidents_operation_known",
      sql`${t.operation} in ('submit', 'report', 'cancel', 'health', 'upload', 'download', 'follow')`,
    ),
    check("gpu_incidents_cause_is_a_code", sql`${t.cause} ~ '^[a-z0-9][a-z0-9-]{0,63}$'`),
    check("gpu_incidents_occurred", sql`${t.occurrences} > 0 and ${t.lastAt} >= ${t.firstAt}`),
    check("gpu_incidents_attempts_bounded", sql`cardinality(${t.attemptIds}) <= 50`),
    check(
      "gpu_incidents_exchange_bounded",
      sql`octet_length(${t.exchange}::text) <= 131072 and jsonb_typeof(${t.exchange}) = 'object'`,
    ),
    // What befell an attempt, and what has been going on lately.
    index("gpu_incidents_attempts_idx").using("gin", t.attemptIds),
    index("gpu_incidents_last_idx").on(t.lastAt),
  ],
);

/** When the end of a job was first shown to its owner; never changed. */
export const jobSightings = pgTable("job_sightings", {
  jobId: uuid("job_id")
    .primaryKey()
    .references(() => jobs.id, { onDelete: "restrict" }),
  seenAt: moment("seen_at").notNull(),
});

/**
 * Why a finished result could not be stored yet: the last failure and how many there were. Numbers
 * and a technical message; goes with the job's pictures.
 */
export const collectTroubles = pgTable(
  "collect_troubles",
  {
    jobId: uuid("job_id")
      .primaryKey()
      .references(() => jobs.id, { onDelete: "restrict" }),
    failures: integer("failures").notNull(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    /** Of the last failure; never shown to users. */
    message: text("message").notNull(),
  },
  (t) => [
    check("collect_troubles_happened", sql`${t.failures} > 0 and ${t.lastAt} >= ${t.firstAt}`),
    check("collect_troubles_message_bounded", sql`length(${t.message}) <= 500`),
  ],
);

/** What an operator may order by hand. */
export const OPERATOR_ORDERS = ["reconcile", "retry", "cancel", "extend", "replay"] as const;
export type OperatorOrder = (typeof OPERATOR_ORDERS)[number];

/** Who ordered what for which job and why, written before it is carried out. Append-only. */
export const operatorActions = pgTable(
  "operator_actions",
  {
    id: uuid("id").primaryKey(),
    action: text("action", { enum: OPERATOR_ORDERS }).notNull(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "restrict" }),
    author: text("author").notNull(),
    reason: text("reason").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    check(
      "operator_actions_action_known",
      sql`${t.action} in ('reconcile', 'retry', 'cancel', 'extend', 'replay')`,
    ),
    check(
      "operator_actions_words_bounded",
      sql`length(${t.author}) between 1 and 100 and length(${t.reason}) between 1 and 500`,
    ),
    index("operator_actions_job_idx").on(t.jobId, t.at),
  ],
);
