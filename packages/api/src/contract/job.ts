import type { LocalizedText } from "./localized-text.ts";

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

/** What a caller asks of a service; every field but the picture is optional. */
export interface JobInput {
  imageAssetId: string;
  /** At most 2: "Picture 2" and "Picture 3". */
  extraImageAssetIds?: string[] | undefined;
  maskAssetId?: string | undefined;
  /** Choice by option id. */
  options?: Record<string, string> | undefined;
  /** Number by param id. */
  params?: Record<string, number> | undefined;
  prompt?: string | undefined;
  ratio?: string | undefined;
  mode?: string | undefined;
  /** Integer, 0 to 2^53 - 1. */
  seed?: number | undefined;
}

/** What a price is asked for. */
export interface QuoteInput {
  service: string;
  input: JobInput;
}
/** One job to be made, safe to be sent again. */
export interface CreateJobInput {
  /** A UUID of the caller's; the same one gets the same job. */
  requestId: string;
  service: string;
  input: JobInput;
  /** The price the user saw; another one by now is refused. */
  quotedCredits?: number | undefined;
  /** The version the quote named: the job is made with that one, or refused. */
  quotedServiceVersion?: string | undefined;
}
/** One job of the caller's. */
export interface JobIdInput {
  jobId: string;
}
/** A new job like one that failed or was cancelled, safe to be sent again. */
export interface RetryJobInput {
  jobId: string;
  /** A UUID of the caller's; the same one gets the same new job. */
  requestId: string;
  /** The price shown for the new job; absent: that of the job before. */
  quotedCredits?: number | undefined;
}
/** A page of the caller's jobs, newest first. */
export interface ListJobsInput {
  cursor?: string | undefined;
  /** 1 to 100. */
  limit?: number | undefined;
  status?: JobStatus | undefined;
  search?: string | undefined;
  /** Sent by TanStack Query's infinite lists, which only ever go forward here. */
  direction?: "forward" | undefined;
}
/** Which jobs are followed live, and from where. */
export interface JobUpdatesInput {
  /** Absent: all of the caller's jobs. */
  jobId?: string | undefined;
  /** The last event seen, to go on after it. */
  lastEventId?: string | null | undefined;
}
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

/** What a job would cost and be asked for; nothing is held and nothing is drawn. `credits` is its whole price. */
export interface Quote {
  credits: number;
  serviceVersion: string;
  prompt: { en: string; th: string };
  warnings: { code: string; message: LocalizedText; field: string | null }[];
}

/** A page of jobs, newest first. */
export interface JobPage {
  items: Job[];
  /** Null = this was the last page. */
  nextCursor: string | null;
}
