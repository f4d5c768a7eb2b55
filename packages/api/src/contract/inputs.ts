import { z } from "zod";
import type * as credits from "./credits.ts";
import type * as job from "./job.ts";
import type * as upload from "./upload.ts";

// The schemas of what callers send. Their types stand beside the answers' (job.ts, credits.ts,
// upload.ts) and name no library, so that a client can be given them alone.

/** Values by name. `z.record` drops a key called `__proto__`; what is not understood is refused instead. */
function named<Value extends string | number>(value: z.ZodType<Value, Value>) {
  const plain = z.custom<Record<string, Value>>(
    (given) => typeof given !== "object" || given === null || !Object.hasOwn(given, "__proto__"),
  );
  return plain.pipe(z.record(z.string().max(64), value));
}

/** PostgreSQL's text cannot hold U+0000, and nobody looks for the others. */
const NO_CONTROL_CHARACTERS = /^[^\p{Cc}]*$/u;

/** Largest integer a seed may be; JSON numbers are exact up to here. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

/** Values of options, params, ratio and mode are checked against the service itself. */
export const JobInput = z.strictObject({
  imageAssetId: z.uuid(),
  extraImageAssetIds: z.array(z.uuid()).max(2).optional(),
  maskAssetId: z.uuid().optional(),
  options: named(z.string().max(64)).optional(),
  params: named(z.number()).optional(),
  prompt: z.string().optional(),
  ratio: z.string().max(16).optional(),
  mode: z.string().max(32).optional(),
  seed: z.int().min(0).max(MAX_SEED).optional(),
}) satisfies z.ZodType<job.JobInput, job.JobInput>;

export const QuoteInput = z.strictObject({
  service: z.string().max(64),
  input: JobInput,
}) satisfies z.ZodType<job.QuoteInput, job.QuoteInput>;

export const CreateJobInput = z.strictObject({
  requestId: z.uuid(),
  service: z.string().max(64),
  input: JobInput,
  quotedCredits: z.int().min(0).optional(),
  quotedServiceVersion: z.string().max(80).optional(),
}) satisfies z.ZodType<job.CreateJobInput, job.CreateJobInput>;

export const JobIdInput = z.strictObject({ jobId: z.uuid() }) satisfies z.ZodType<
  job.JobIdInput,
  job.JobIdInput
>;

export const RetryJobInput = z.strictObject({
  jobId: z.uuid(),
  requestId: z.uuid(),
  quotedCredits: z.int().min(0).optional(),
}) satisfies z.ZodType<job.RetryJobInput, job.RetryJobInput>;

export const ListJobsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(100).optional(),
  status: z.enum(["queued", "running", "storing", "done", "failed", "cancelled"]).optional(),
  search: z.string().max(200).regex(NO_CONTROL_CHARACTERS).optional(),
  direction: z.literal("forward").optional(),
}) satisfies z.ZodType<job.ListJobsInput, job.ListJobsInput>;

export const JobUpdatesInput = z.strictObject({
  jobId: z.uuid().optional(),
  lastEventId: z.string().max(200).nullish(),
}) satisfies z.ZodType<job.JobUpdatesInput, job.JobUpdatesInput>;

export const CreditHistoryInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(100).optional(),
  direction: z.literal("forward").optional(),
}) satisfies z.ZodType<credits.CreditHistoryInput, credits.CreditHistoryInput>;

export const CreateUploadInput = z.strictObject({
  kind: z.enum(["image", "mask"]),
  contentType: z.string().max(100),
  bytes: z.int().min(0),
}) satisfies z.ZodType<upload.CreateUploadInput, upload.CreateUploadInput>;

export const AssetIdInput = z.strictObject({
  assetId: z.uuid(),
}) satisfies z.ZodType<upload.AssetIdInput, upload.AssetIdInput>;

export const FinishUploadInput = z.strictObject({
  uploadId: z.uuid(),
}) satisfies z.ZodType<upload.FinishUploadInput, upload.FinishUploadInput>;
