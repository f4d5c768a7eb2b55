import { z } from "zod";
import type { LocalizedText } from "@ob/workflow";

/** Statuses of a job; the last three are terminal. */
export type JobStatus = "queued" | "running" | "storing" | "done" | "failed" | "cancelled";
/** What is going on inside a status, as a person would say it. */
export type JobStage =
  | "submitting"
  | "waiting"
  | "waking"
  | "drawing"
  | "storing"
  | "done"
  | "failed"
  | "cancelled";

/** Largest integer a seed may be; JSON numbers are exact up to here. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

/** Values by name. `z.record` drops a key called `__proto__`; what is not understood is refused instead. */
function named<Value extends string | number>(value: z.ZodType<Value, Value>) {
  const plain = z.custom<Record<string, Value>>(
    (given) => typeof given !== "object" || given === null || !Object.hasOwn(given, "__proto__"),
  );
  return plain.pipe(z.record(z.string().max(64), value));
}

/** What a caller asks of a service. Values of options, params, ratio and mode are checked against the service itself. */
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
});
export type JobInput = z.infer<typeof JobInput>;

export const QuoteInput = z.strictObject({ service: z.string().max(64), input: JobInput });
export type QuoteInput = z.infer<typeof QuoteInput>;

export const CreateJobInput = z.strictObject({
  requestId: z.uuid(),
  service: z.string().max(64),
  input: JobInput,
  quotedCredits: z.int().min(0).optional(),
  /** The version the quote named: the job is made with that one, or refused. */
  quotedServiceVersion: z.string().max(80).optional(),
});
export type CreateJobInput = z.infer<typeof CreateJobInput>;

export const JobIdInput = z.strictObject({ jobId: z.uuid() });
export const RetryJobInput = z.strictObject({
  jobId: z.uuid(),
  requestId: z.uuid(),
  /** The price shown for the new job; absent: that of the job before. */
  quotedCredits: z.int().min(0).optional(),
});
export type RetryJobInput = z.infer<typeof RetryJobInput>;
/** PostgreSQL's text cannot hold U+0000, and nobody looks for the others. */
const NO_CONTROL_CHARACTERS = /^[^\p{Cc}]*$/u;
export const ListJobsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(100).optional(),
  status: z.enum(["queued", "running", "storing", "done", "failed", "cancelled"]).optional(),
  search: z.string().max(200).regex(NO_CONTROL_CHARACTERS).optional(),
  /** Sent by TanStack Query's infinite lists, which only ever go forward here. */
  direction: z.literal("forward").optional(),
});
export type ListJobsInput = z.infer<typeof ListJobsInput>;
export const JobUpdatesInput = z.strictObject({
  jobId: z.uuid().optional(),
  lastEventId: z.string().max(200).nullish(),
});
export type JobUpdatesInput = z.infer<typeof JobUpdatesInput>;

/** How close the delivered picture stayed to the original; without a mask only `similarity` is set. */
export interface Fidelity {
  comparedPixels: number | null;
  changedOutsideMask: number | null;
  shiftPx: number | null;
  similarity: number;
  /** What is left of shift and zoom after they were undone, px of the original; null = no mask, or not to be found. */
  residualPx?: number | null;
  /** How much the edge of what was changed stands out; null without a mask. */
  seam?: number | null;
  /** False = the model's picture could not be aligned with the original; null without a mask. */
  aligned?: boolean | null;
}

/** The delivered picture. URLs are absolute, signed, valid one hour, made when read. */
export interface JobResult {
  url: string;
  downloadUrl: string;
  previewUrl: string;
  width: number;
  height: number;
  contentType: string;
  bytes: number;
  fidelity: Fidelity;
}

/** A job as its owner sees it. Timestamps are ISO 8601. */
export interface Job {
  id: string;
  service: string;
  serviceVersion: string;
  status: JobStatus;
  stage: JobStage;
  /** 0 to 1 from real steps; null = unknown. */
  progress: number | null;
  /** 1 + queued jobs ahead on the same backend; null once running. */
  queuePosition: number | null;
  etaSeconds: { low: number; high: number } | null;
  credits: number;
  cancelRequested: boolean;
  /** Credits that came back to the owner: the released hold, or a later refund. */
  refundedCredits: number;
  retryOf: string | null;
  error: { code: string; message: LocalizedText } | null;
  result: JobResult | null;
  /** Echo with the resolved seed and defaults. Null cannot be: an erased job reads as not found. */
  input: JobInputEcho;
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
}

/** The resolved input of a job. */
export interface JobInputEcho {
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

export interface Quote {
  credits: number;
  serviceVersion: string;
  prompt: { en: string; th: string };
  warnings: { code: string; message: LocalizedText; field: string | null }[];
}

export interface JobPage {
  items: Job[];
  nextCursor: string | null;
}
