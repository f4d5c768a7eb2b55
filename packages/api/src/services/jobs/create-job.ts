import type { JobCreateOutcome } from "@ob/db";
import { canonicalJson } from "@ob/workflow";
import type { CreateJobInput, Job } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { refuseWhileDown } from "../gpus/refuse-while-down.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { agreedPrompt } from "../rewriting/agreed-prompt.ts";
import { holdJob } from "./hold-job.ts";
import { tellEta } from "./job-timing.ts";
import { toJobView } from "./job-view.ts";
import { findKeptAnswer, readKeptAnswer } from "./kept-answer.ts";
import { type ResolvedJobRequest, resolveJobRequest } from "./resolve-job-request.ts";

/**
 * Creates a job and holds its price. The same `requestId` with the same body gets the first answer,
 * byte for byte, whatever has become of price, credits or limits since.
 * @throws {AppError} PRICE_CHANGED, INSUFFICIENT_CREDITS, REQUEST_ID_REUSED, RATE_LIMITED, GPU_UNAVAILABLE, and as {@link resolveJobRequest}
 */
export async function createJob(ctx: CallerContext, asked: CreateJobInput): Promise<Job> {
  const { requestId, ...body } = asked;
  const requestHash = hashRequest("jobs.create", body);
  const { service, input, quotedServiceVersion: quoted } = asked;
  // Only reads: begun beside the two questions that come first, and judged after them.
  const resolving = resolveJobRequest(ctx, { service, input, quoted });
  resolving.catch(() => {});
  const kept = await findKeptAnswer(ctx, { requestId, requestHash });
  if (kept !== null) return kept;
  const resolved = await resolving;
  if (asked.quotedCredits !== undefined && asked.quotedCredits !== resolved.credits) {
    throw new AppError("PRICE_CHANGED", { field: "quotedCredits" });
  }
  refuseWhileDown(ctx.services, { service, mode: resolved.input.mode });
  const promptEn = await agreedPrompt(ctx, resolved);
  return storeJob(ctx, { requestId, requestHash, retryOf: null, resolved, promptEn });
}

/** SHA-256 over procedure and canonical input, so that key order and spaces do not matter. */
export function hashRequest(procedure: string, body: object): string {
  // Keys that are absent and keys that are undefined are the same request.
  const plain: unknown = JSON.parse(JSON.stringify(body));
  return sha256Hex(canonicalJson({ procedure, body: plain }));
}

/** Per owner. */
const CREATE_RATE = { limit: 120, windowMs: 60_000 } as const;

/** A resolved request on its way into the database. */
export interface JobToStore {
  readonly requestId: string;
  readonly requestHash: string;
  readonly retryOf: string | null;
  readonly resolved: ResolvedJobRequest;
  /** The English instruction, as the caller was shown it. */
  readonly promptEn: string;
}

/** Stores the job, its hold and its first answer in one transaction, then sets it going. */
export async function storeJob(ctx: CallerContext, toStore: JobToStore): Promise<Job> {
  const { services } = ctx;
  const { resolved, requestId, requestHash, retryOf, promptEn } = toStore;
  const { service, credits, input, plan } = resolved;
  const jobId = services.newId();
  const now = services.now();
  const asked = {
    jobId,
    ownerId: ctx.ownerId,
    requestId,
    requestHash,
    service: service.id,
    serviceVersion: service.version,
    mode: input.mode,
    backend: backendOf(ctx, toStore),
    credits,
    input,
    promptEn,
    plan,
    imageAssetId: input.imageAssetId,
    extraAssetIds: input.extraImageAssetIds,
    maskAssetId: input.maskAssetId,
    retryOf,
    transferId: services.newId(),
    deadlineAt: new Date(now.getTime() + services.gpuSettings.backlogLimitMs),
    now,
    rate: CREATE_RATE,
    response: await firstAnswer(ctx, { jobId, now, toStore }),
  };
  const outcome = await holdJob(services, asked, { requestId: ctx.requestId });
  return answer(outcome);
}

/** Name of the GPU backend the job will run on. */
function backendOf({ services }: CallerContext, { resolved }: JobToStore): string {
  const { service, input } = resolved;
  return services.gpus.choose({ service: service.id, mode: input.mode }).backend.name;
}

function answer(outcome: JobCreateOutcome): Job {
  switch (outcome.outcome) {
    case "created":
    case "replayed":
      return readKeptAnswer(outcome.response);
    case "reused":
      throw new AppError("REQUEST_ID_REUSED", { field: "requestId" });
    case "withdrawn":
      // Between our look at the shares and the transaction.
      throw new AppError("PRICE_CHANGED", { field: "quotedServiceVersion" });
    case "rate-limited":
      throw new AppError("RATE_LIMITED", {
        retryAfterSeconds: Math.ceil(outcome.retryAfterMs / 1_000),
      });
    case "insufficient":
      throw new AppError("INSUFFICIENT_CREDITS");
    case "asset-missing":
      throw new AppError("ASSET_NOT_FOUND", { field: "input.imageAssetId" });
  }
}

/** The public job at its birth; its queue position is filled in where the queue is counted. */
async function firstAnswer(
  ctx: CallerContext,
  { jobId, now, toStore }: { jobId: string; now: Date; toStore: JobToStore },
): Promise<Job> {
  const { service, credits, input } = toStore.resolved;
  const eta = await tellEta(ctx, {
    backend: backendOf(ctx, toStore),
    serviceVersion: service.version,
    mode: input.mode,
    status: "queued",
    stage: "waiting",
    progress: null,
    aheadInBacklog: 0,
    submittedAt: null,
    startedAt: null,
  });
  return toJobView(ctx, {
    job: {
      id: jobId,
      service: service.id,
      serviceVersion: service.version,
      status: "queued",
      stage: "waiting",
      progress: null,
      credits,
      cancelRequestedAt: null,
      retryOf: toStore.retryOf,
      errorCode: null,
      input,
      createdAt: now,
      updatedAt: now,
      finishedAt: null,
    },
    result: null,
    refundedCredits: 0,
    queuePosition: 1,
    eta,
  });
}
