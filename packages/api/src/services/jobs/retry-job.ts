import { jobs } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import type { Job, JobInput, JobInputEcho, RetryJobInput } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { agreedPrompt } from "../rewriting/agreed-prompt.ts";
import { refuseWhileDown } from "../gpus/refuse-while-down.ts";
import { hashRequest, storeJob } from "./create-job.ts";
import { findKeptAnswer } from "./kept-answer.ts";
import { resolveJobRequest } from "./resolve-job-request.ts";

/**
 * Makes a new job from a failed or cancelled one: same pictures and wishes, new seed, new hold, in
 * the same service version while that takes new jobs. The price is the one of that job, or the one
 * the caller says he was shown since. Idempotent like `jobs.create`.
 * @throws {AppError} JOB_NOT_FOUND, JOB_NOT_RETRIABLE, PRICE_CHANGED, GPU_UNAVAILABLE, and as `createJob`
 */
export async function retryJob(
  ctx: CallerContext,
  { requestId, ...asked }: RetryJobInput,
): Promise<Job> {
  const { jobId } = asked;
  const requestHash = hashRequest("jobs.retry", asked);
  const kept = await findKeptAnswer(ctx, { requestId, requestHash });
  if (kept !== null) return kept;
  const rows = await ctx.services.db
    .select({
      service: jobs.service,
      version: jobs.serviceVersion,
      status: jobs.status,
      credits: jobs.credits,
      input: jobs.input,
      promptEn: jobs.promptEn,
    })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.ownerId, ctx.ownerId), isNull(jobs.erasedAt)));
  const earlier = rows[0];
  if (earlier === undefined || earlier.input === null || earlier.promptEn === null) {
    throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
  }
  if (earlier.status !== "failed" && earlier.status !== "cancelled") {
    throw new AppError("JOB_NOT_RETRIABLE", { field: "jobId" });
  }
  const resolved = await resolveJobRequest(ctx, {
    service: earlier.service,
    preferred: earlier.version,
    input: askAgain(earlier.input),
  });
  if (resolved.credits !== (asked.quotedCredits ?? earlier.credits)) {
    throw new AppError("PRICE_CHANGED", { field: "quotedCredits" });
  }
  refuseWhileDown(ctx.services, { service: earlier.service, mode: resolved.input.mode });
  // The same words as before; a version that words them otherwise says its own.
  const isSame = resolved.service.version === earlier.version;
  const promptEn = isSame ? earlier.promptEn : await agreedPrompt(ctx, resolved);
  return storeJob(ctx, { requestId, requestHash, retryOf: jobId, resolved, promptEn });
}

/** The same request without its seed. */
function askAgain(input: JobInputEcho): JobInput {
  return {
    imageAssetId: input.imageAssetId,
    extraImageAssetIds: input.extraImageAssetIds,
    options: input.options,
    params: input.params,
    ratio: input.ratio,
    mode: input.mode,
    ...(input.maskAssetId === null ? {} : { maskAssetId: input.maskAssetId }),
    ...(input.prompt === null ? {} : { prompt: input.prompt }),
  };
}
