import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { jobs } from "./jobs.ts";

/** The first three are live; the last two are final. */
export const ATTEMPT_STATES = ["intent", "submitted", "unknown", "finished", "dead"] as const;
/** Why an attempt is surely over without a result; `ttl` = RunPod has deleted whatever we may have sent. */
export const ATTEMPT_DEAD_REASONS = [
  "never-sent",
  "refused",
  "failed",
  "timed-out",
  "cancelled",
  "gone",
  "ttl",
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];
export type AttemptDeadReason = (typeof ATTEMPT_DEAD_REASONS)[number];

/** One try on a GPU, with guards of its own: it may outlive its job. */
export const attempts = pgTable(
  "attempts",
  {
    id: uuid("id").primaryKey(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "restrict" }),
    n: integer("n").notNull(),
    state: text("state", { enum: ATTEMPT_STATES }).notNull(),
    backend: text("backend").notNull(),
    serviceVersion: text("service_version").notNull(),
    variant: text("variant").notNull(),
    graphHash: text("graph_hash").notNull(),
    /** Random per attempt: a warm GPU worker keeps files, so no two attempts may share a name. */
    filePrefix: text("file_prefix").notNull().unique(),
    imageName: text("image_name").notNull(),
    /** Of "Picture 2" and on, in their order. */
    extraImageNames: text("extra_image_names").array().notNull().default([]),
    maskName: text("mask_name"),
    /** SHA-256 (hex) of the 256-bit token in the webhook path. */
    tokenSha256: text("token_sha256").notNull().unique(),
    runpodJobId: text("runpod_job_id").unique(),
    intentAt: moment("intent_at").notNull(),
    sentAt: moment("sent_at"),
    submittedAt: moment("submitted_at"),
    startedAt: moment("started_at"),
    /** From here on RunPod's TTL has killed whatever we may have sent. */
    deadAfter: moment("dead_after").notNull(),
    endedAt: moment("ended_at"),
    deadReason: text("dead_reason", { enum: ATTEMPT_DEAD_REASONS }),
    /** Failure text for operators, bounded; never shown to users. */
    failureMessage: text("failure_message"),
    /** A dead attempt that used up a try. */
    countsAsTry: boolean("counts_as_try").notNull().default(true),
    delayMs: integer("delay_ms"),
    executionMs: integer("execution_ms"),
  },
  (t) => [
    check(
      "attempts_state_known",
      sql`${t.state} in ('intent', 'submitted', 'unknown', 'finished', 'dead')`,
    ),
    check(
      "attempts_id_when_submitted",
      sql`${t.state} not in ('submitted', 'finished') or ${t.runpodJobId} is not null`,
    ),
    check("attempts_reason_when_dead", sql`(${t.state} = 'dead') = (${t.deadReason} is not null)`),
    check(
      "attempts_reason_known",
      sql`${t.deadReason} in ('never-sent', 'refused', 'failed', 'timed-out', 'cancelled', 'gone', 'ttl')`,
    ),
    // Only the clock proves an unanswered attempt dead, so nobody may say so early.
    check("attempts_ttl_passed", sql`${t.deadReason} <> 'ttl' or ${t.endedAt} >= ${t.deadAfter}`),
    check("attempts_message_bounded", sql`length(${t.failureMessage}) <= 2000`),
    unique("attempts_id_job").on(t.id, t.jobId),
    check("attempts_ended", sql`(${t.state} in ('finished', 'dead')) = (${t.endedAt} is not null)`),
    uniqueIndex("attempts_job_n").on(t.jobId, t.n),
    uniqueIndex("attempts_one_live")
      .on(t.jobId)
      .where(sql`state in ('intent', 'submitted', 'unknown')`),
    // How long attempts of a service take; the estimate of what is left is learnt from the newest.
    index("attempts_finished_idx")
      .on(t.backend, t.serviceVersion, t.endedAt.desc())
      .where(sql`state = 'finished'`),
    index("attempts_live_backend_idx")
      .on(t.backend)
      .where(sql`state in ('intent', 'submitted', 'unknown')`),
  ],
);

/** How close the delivered picture stayed to the original; null where there was no mask. */
export interface StoredFidelity {
  comparedPixels: number | null;
  changedOutsideMask: number | null;
  shiftPx: number | null;
  similarity: number;
  /** This and what follows: absent in results of before it was measured. */
  residualPx?: number | null;
  seam?: number | null;
  aligned?: boolean | null;
}

/** The delivered picture of a done job. */
export const results = pgTable(
  "results",
  {
    jobId: uuid("job_id")
      .primaryKey()
      .references(() => jobs.id, { onDelete: "restrict" }),
    attemptId: uuid("attempt_id").notNull(),
    objectKey: text("object_key").notNull().unique(),
    previewKey: text("preview_key").notNull().unique(),
    sha256: text("sha256").notNull(),
    contentType: text("content_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    fidelity: jsonb("fidelity").$type<StoredFidelity>().notNull(),
    createdAt: moment("created_at").notNull(),
    erasedAt: moment("erased_at"),
  },
  (t) => [
    foreignKey({
      name: "results_attempt_of_job",
      columns: [t.attemptId, t.jobId],
      foreignColumns: [attempts.id, attempts.jobId],
    }).onDelete("restrict"),
    check("results_size_positive", sql`${t.bytes} > 0 and ${t.width} > 0 and ${t.height} > 0`),
  ],
);
