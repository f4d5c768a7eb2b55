import {
  bigint,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { JOB_STAGES, JOB_STATUSES, jobs } from "./jobs.ts";
import { owners } from "./owners.ts";

/** What happened, in numbers and codes only, so that erasing a job needs no edit of history. Append-only. */
export const jobEvents = pgTable(
  "job_events",
  {
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    jobId: uuid("job_id").notNull(),
    event: text("event").notNull(),
    status: text("status", { enum: JOB_STATUSES }).notNull(),
    stage: text("stage", { enum: JOB_STAGES }).notNull(),
    progress: real("progress"),
    code: text("code"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.seq] }),
    foreignKey({
      name: "job_events_job_of_owner",
      columns: [t.jobId, t.ownerId],
      foreignColumns: [jobs.id, jobs.ownerId],
    }).onDelete("restrict"),
    index("job_events_job_idx").on(t.jobId, t.seq),
  ],
);

/** First answers, kept 7 days as text, so that a repeated `requestId` gets the same bytes. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    requestId: uuid("request_id").notNull(),
    /** SHA-256 (hex) of procedure and canonical input. */
    requestHash: text("request_hash").notNull(),
    jobId: uuid("job_id").notNull(),
    /** The first answer as JSON text; null once its job was erased. */
    response: text("response"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.requestId] }),
    index("idempotency_keys_age_idx").on(t.createdAt),
    uniqueIndex("idempotency_keys_one_per_job").on(t.jobId),
    foreignKey({
      name: "idempotency_keys_job_of_owner",
      columns: [t.jobId, t.ownerId],
      foreignColumns: [jobs.id, jobs.ownerId],
    }).onDelete("restrict"),
  ],
);
