import type { CanvasPlan } from "@ob/workflow/canvas";
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { owners } from "./owners.ts";
import { assets } from "./uploads.ts";

export const JOB_STATUSES = [
  "queued",
  "running",
  "storing",
  "done",
  "failed",
  "cancelled",
] as const;
export const JOB_STAGES = [
  "submitting",
  "waiting",
  "waking",
  "drawing",
  "storing",
  "done",
  "failed",
  "cancelled",
] as const;
export const ATTEMPT_STATES = ["intent", "submitted", "unknown", "finished", "dead"] as const;
/** Why a job failed; `GPU_*` and `RESULT_*` codes of the public interface. */
export const JOB_FAILURE_CODES = [
  "GPU_FAILED",
  "GPU_TIMEOUT",
  "RESULT_LOST",
  "RESULT_UNUSABLE",
] as const;

/** What the user asked, as `jobs.create` resolved it; the public `Job.input`. Erased with the job. */
export interface StoredJobInput {
  imageAssetId: string;
  extraImageAssetIds: string[];
  maskAssetId: string | null;
  options: Record<string, string>;
  params: Record<string, number>;
  prompt: string | null;
  ratio: string;
  mode: string;
  seed: number;
}

/**
 * A job is also its own place in the queue: `dueAt` says when somebody must look at it next and
 * `leaseUntil` who is looking. Moved by `job_apply_v1` only; terminal rows are frozen by a trigger,
 * but for the driver's columns (a live attempt may outlast its job) and erasure.
 */
export const jobs = pgTable(
  "jobs",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    service: text("service").notNull(),
    serviceVersion: text("service_version").notNull(),
    mode: text("mode").notNull(),
    backend: text("backend").notNull(),
    status: text("status", { enum: JOB_STATUSES }).notNull(),
    stage: text("stage", { enum: JOB_STAGES }).notNull(),
    /** 0 to 1 from real steps; null = unknown. */
    progress: real("progress"),
    /** The price, fixed at creation. */
    credits: integer("credits").notNull(),
    /** Null once erased. */
    input: jsonb("input").$type<StoredJobInput>(),
    /** The English instruction the model gets; null once erased. */
    promptEn: text("prompt_en"),
    plan: jsonb("plan").$type<CanvasPlan>().notNull(),
    imageAssetId: uuid("image_asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "restrict" }),
    maskAssetId: uuid("mask_asset_id").references(() => assets.id, { onDelete: "restrict" }),
    retryOf: uuid("retry_of").references((): AnyPgColumn => jobs.id, { onDelete: "restrict" }),
    cancelRequestedAt: moment("cancel_requested_at"),
    errorCode: text("error_code", { enum: JOB_FAILURE_CODES }),
    /** Owner's event number of the last change; the SSE id of the present snapshot. */
    lastSeq: bigint("last_seq", { mode: "number" }).notNull(),
    /** Attempts begun, counting only tries (429 and failed connects give theirs back). */
    tries: integer("tries").notNull().default(0),
    /** When the first intent was written; the deadline counts from here. Null = still in our backlog. */
    firstIntentAt: moment("first_intent_at"),
    /** When the job must have ended: first intent + 900 s, or created + 24 h before the first intent. */
    deadlineAt: moment("deadline_at").notNull(),
    /** Until when a finished result is worth fetching; null before `storing`. */
    collectBy: moment("collect_by"),
    /** When somebody must look at it next; null = nobody need. */
    dueAt: moment("due_at"),
    /** Counts doorbells, so that one that rings while a driver holds the lease is not lost. */
    wakes: integer("wakes").notNull().default(0),
    leaseOwner: text("lease_owner"),
    leaseUntil: moment("lease_until"),
    startedAt: moment("started_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    finishedAt: moment("finished_at"),
    erasedAt: moment("erased_at"),
  },
  (t) => [
    check(
      "jobs_status_known",
      sql`${t.status} in ('queued', 'running', 'storing', 'done', 'failed', 'cancelled')`,
    ),
    check("jobs_credits_positive", sql`${t.credits} > 0`),
    check("jobs_progress_range", sql`${t.progress} is null or ${t.progress} between 0 and 1`),
    check(
      "jobs_finished_when_terminal",
      sql`(${t.status} in ('done', 'failed', 'cancelled')) = (${t.finishedAt} is not null)`,
    ),
    check("jobs_error_when_failed", sql`(${t.status} = 'failed') = (${t.errorCode} is not null)`),
    check(
      "jobs_collect_by_when_storing",
      sql`${t.status} <> 'storing' or ${t.collectBy} is not null`,
    ),
    check(
      "jobs_input_until_erased",
      sql`${t.erasedAt} is not null or (${t.input} is not null and ${t.promptEn} is not null)`,
    ),
    index("jobs_due_idx")
      .on(t.dueAt)
      .where(sql`due_at is not null`),
    index("jobs_queue_idx")
      .on(t.backend, t.createdAt)
      .where(sql`status = 'queued'`),
    index("jobs_owner_idx").on(t.ownerId, t.createdAt.desc(), t.id.desc()),
  ],
);

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
    deadReason: text("dead_reason"),
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
    check("attempts_ended", sql`(${t.state} in ('finished', 'dead')) = (${t.endedAt} is not null)`),
    uniqueIndex("attempts_job_n").on(t.jobId, t.n),
    uniqueIndex("attempts_one_live")
      .on(t.jobId)
      .where(sql`state in ('intent', 'submitted', 'unknown')`),
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
}

/** The delivered picture of a done job. */
export const results = pgTable("results", {
  jobId: uuid("job_id")
    .primaryKey()
    .references(() => jobs.id, { onDelete: "restrict" }),
  attemptId: uuid("attempt_id")
    .notNull()
    .references(() => attempts.id, { onDelete: "restrict" }),
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
});

/** What happened, in numbers and codes only, so that erasing a job needs no edit of history. Append-only. */
export const jobEvents = pgTable(
  "job_events",
  {
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "restrict" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "restrict" }),
    event: text("event").notNull(),
    status: text("status", { enum: JOB_STATUSES }).notNull(),
    stage: text("stage", { enum: JOB_STAGES }).notNull(),
    progress: real("progress"),
    code: text("code"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.seq] }),
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
    jobId: uuid("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "restrict" }),
    /** The first answer as JSON text; null once its job was erased. */
    response: text("response"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.requestId] }),
    index("idempotency_keys_age_idx").on(t.createdAt),
    index("idempotency_keys_job_idx").on(t.jobId),
  ],
);
