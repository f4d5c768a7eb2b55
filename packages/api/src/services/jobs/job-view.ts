import type { JobRow, results } from "@ob/db";
import type { Job, JobInputEcho, JobResult } from "../../contract/job.ts";
import type { EtaSeconds } from "../../domain/eta.ts";
import { errorMessage } from "../../domain/messages.ts";
import type { CallerContext } from "../context.ts";

export type ResultRow = typeof results.$inferSelect;

/** The columns of a job that its owner sees. */
export type ShownJob = Pick<
  JobRow,
  | "id"
  | "service"
  | "serviceVersion"
  | "status"
  | "stage"
  | "progress"
  | "credits"
  | "cancelRequestedAt"
  | "retryOf"
  | "errorCode"
  | "createdAt"
  | "updatedAt"
  | "finishedAt"
> & { readonly input: JobInputEcho };

/** Everything a public job is made of. */
export interface JobParts {
  readonly job: ShownJob;
  readonly result: ResultRow | null;
  readonly refundedCredits: number;
  /** Null once running. */
  readonly queuePosition: number | null;
  readonly eta: EtaSeconds | null;
}

/** The job as its owner sees it; file URLs are signed now. */
export function toJobView(ctx: CallerContext, parts: JobParts): Job {
  const { job } = parts;
  return {
    id: job.id,
    service: job.service,
    serviceVersion: job.serviceVersion,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    queuePosition: parts.queuePosition,
    etaSeconds: parts.eta,
    credits: job.credits,
    cancelRequested: job.cancelRequestedAt !== null,
    refundedCredits: parts.refundedCredits,
    retryOf: job.retryOf,
    error: job.errorCode === null ? null : toError(job.errorCode),
    result: parts.result === null ? null : toResult(ctx, parts.result),
    input: job.input,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}

function toError(code: NonNullable<JobRow["errorCode"]>): Job["error"] {
  return { code, message: errorMessage(code) };
}

function toResult(ctx: CallerContext, row: ResultRow): JobResult {
  const { store, now } = ctx.services;
  const sign = (key: string, disposition: "inline" | "attachment") =>
    store.signedUrl({ key, disposition, now: now(), origin: ctx.origin });
  return {
    url: sign(row.objectKey, "inline"),
    downloadUrl: sign(row.objectKey, "attachment"),
    previewUrl: sign(row.previewKey, "inline"),
    width: row.width,
    height: row.height,
    contentType: row.contentType,
    bytes: row.bytes,
    fidelity: row.fidelity,
  };
}
