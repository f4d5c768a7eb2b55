import { readCanvasPlan } from "@ob/workflow/canvas";
import { getTableColumns } from "drizzle-orm";
import { z } from "zod";
import { JOB_FAILURE_CODES, JOB_STAGES, JOB_STATUSES, jobs } from "../schema/jobs.ts";

/** A row of `jobs`, as Drizzle reads it. */
export type JobRow = typeof jobs.$inferSelect;

const StoredJobInput = z.object({
  imageAssetId: z.string(),
  extraImageAssetIds: z.array(z.string()),
  maskAssetId: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.number()),
  prompt: z.string().nullable(),
  ratio: z.string(),
  mode: z.string(),
  seed: z.number(),
});

const JobRow = z.object({
  id: z.string(),
  ownerId: z.string(),
  service: z.string(),
  serviceVersion: z.string(),
  mode: z.string(),
  backend: z.string(),
  status: z.enum(JOB_STATUSES),
  stage: z.enum(JOB_STAGES),
  progress: z.number().nullable(),
  credits: z.number(),
  input: StoredJobInput.nullable(),
  promptEn: z.string().nullable(),
  plan: z.unknown().transform(readCanvasPlan),
  imageAssetId: z.string(),
  maskAssetId: z.string().nullable(),
  retryOf: z.string().nullable(),
  cancelRequestedAt: z.date().nullable(),
  errorCode: z.enum(JOB_FAILURE_CODES).nullable(),
  lastSeq: z.coerce.number().int(),
  tries: z.number(),
  firstIntentAt: z.date().nullable(),
  deadlineAt: z.date(),
  collectBy: z.date().nullable(),
  dueAt: z.date().nullable(),
  wakes: z.number(),
  leaseOwner: z.string().nullable(),
  leaseUntil: z.date().nullable(),
  startedAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  finishedAt: z.date().nullable(),
  erasedAt: z.date().nullable(),
}) satisfies z.ZodType<JobRow>;

/** Reads a raw `select * from jobs` row into what Drizzle would give. @throws ZodError */
export function readJobRow(row: Record<string, unknown>): JobRow {
  const columns = Object.entries(getTableColumns(jobs));
  return JobRow.parse(Object.fromEntries(columns.map(([key, column]) => [key, row[column.name]])));
}
