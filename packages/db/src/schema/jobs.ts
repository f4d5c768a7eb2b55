import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { canvasPlan, moment } from "./columns.ts";
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
/** Why a job failed; `GPU_*` and `RESULT_*` codes of the public interface. */
export const JOB_FAILURE_CODES = [
  "GPU_FAILED",
  "GPU_TIMEOUT",
  "RESULT_LOST",
  "RESULT_UNUSABLE",
] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];
export type JobStage = (typeof JOB_STAGES)[number];
export type JobFailureCode = (typeof JOB_FAILURE_CODES)[number];

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
    plan: canvasPlan("plan").notNull(),
    imageAssetId: uuid("image_asset_id").notNull(),
    maskAssetId: uuid("mask_asset_id"),
    retryOf: uuid("retry_of"),
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
    // Targets of (job, owner) references: money, events and retries cannot cross owners.
    unique("jobs_id_owner").on(t.id, t.ownerId),
    foreignKey({
      name: "jobs_image_of_owner",
      columns: [t.imageAssetId, t.ownerId],
      foreignColumns: [assets.id, assets.ownerId],
    }).onDelete("restrict"),
    foreignKey({
      name: "jobs_mask_of_owner",
      columns: [t.maskAssetId, t.ownerId],
      foreignColumns: [assets.id, assets.ownerId],
    }).onDelete("restrict"),
    foreignKey({
      name: "jobs_retry_of_owner",
      columns: [t.retryOf, t.ownerId],
      foreignColumns: [t.id, t.ownerId],
    }).onDelete("restrict"),
    check(
      "jobs_status_known",
      sql`${t.status} in ('queued', 'running', 'storing', 'done', 'failed', 'cancelled')`,
    ),
    check(
      "jobs_stage_of_status",
      sql`case ${t.status}
        when 'queued' then ${t.stage} in ('submitting', 'waiting', 'waking')
        when 'running' then ${t.stage} = 'drawing'
        else ${t.stage} = ${t.status} end`,
    ),
    check(
      "jobs_error_known",
      sql`${t.errorCode} in ('GPU_FAILED', 'GPU_TIMEOUT', 'RESULT_LOST', 'RESULT_UNUSABLE')`,
    ),
    check("jobs_tries_not_negative", sql`${t.tries} >= 0`),
    check("jobs_lease_whole", sql`(${t.leaseOwner} is null) = (${t.leaseUntil} is null)`),
    check("jobs_erased_when_terminal", sql`${t.erasedAt} is null or ${t.finishedAt} is not null`),
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
      sql`(${t.erasedAt} is null) = (${t.input} is not null) and (${t.erasedAt} is null) = (${t.promptEn} is not null)`,
    ),
    // In the order of claiming, so that a claim reads as many rows as it takes, however long the backlog.
    index("jobs_claim_idx")
      .on(t.createdAt, t.id, t.dueAt)
      .where(sql`due_at is not null`),
    index("jobs_queue_idx")
      .on(t.backend, t.createdAt)
      .where(sql`status = 'queued'`),
    // What an owner's stream has not seen yet.
    index("jobs_owner_seq_idx").on(t.ownerId, t.lastSeq),
    index("jobs_owner_idx").on(t.ownerId, t.createdAt, t.id),
    // For operators, who look at everybody's jobs of a time; a few pages, whatever the table holds.
    index("jobs_created_idx").using("brin", t.createdAt),
  ],
);
