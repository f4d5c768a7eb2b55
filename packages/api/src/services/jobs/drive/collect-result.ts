import type { JobResultFacts } from "@ob/db";
import { type FinishedResult, ImageError } from "@ob/imaging";
import { GpuUnauthorized, GpuUnavailable, type OutputReading, type RunpodReport } from "@ob/runpod";
import { sha256Hex } from "../../sha256-hex.ts";
import { applyJobEvent } from "../apply-job-event.ts";
import type { DriveContext } from "./drive-context.ts";
import { loadPictures } from "./load-pictures.ts";
import {
  type CompletedReport,
  type HandOver,
  MOVED,
  type StepOutcome,
  waitFor,
} from "./step-outcome.ts";
import type { SubmittedState } from "./submitted-state.ts";

/** Why a finished job has no picture to deliver. */
type Unusable = "RESULT_LOST" | "RESULT_UNUSABLE";

const ORPHAN_MS = 60 * 60_000;
/** Far above any PNG of the sizes the models draw. */
const MAX_RESULT_BYTES = 64 * 1024 * 1024;

type Picture = { ok: true; bytes: Uint8Array } | { ok: false; code: Unusable; reason: string };

interface Asked {
  /** What the report said; null = to be read again. */
  readonly completed: HandOver<CompletedReport> | null;
  readonly signal: AbortSignal;
}

/**
 * Fetches a completed result, finishes it, stores it and captures the price. What fails on our side
 * is tried again until `collectBy`; the output itself never enters a row.
 */
export async function collectResult(
  ctx: DriveContext,
  state: SubmittedState,
  { completed, signal }: Asked,
): Promise<StepOutcome> {
  const { job } = state;
  if (job.collectBy !== null && ctx.now() >= job.collectBy) {
    const facts = { errorCode: "RESULT_LOST" as const };
    await applyJobEvent(ctx, "resultLost", { job, facts });
    return MOVED;
  }
  try {
    // Who has to wait for a turn reads the answer again then, rather than hold its megabytes meanwhile.
    if (ctx.resultsInHand?.isBusy() === true) completed?.take();
    const work = () => fetchAndStore(ctx, state, { completed, signal });
    return await (ctx.resultsInHand?.run(work, signal) ?? work());
  } catch (error) {
    if (signal.aborted) throw error;
    // A picture of ours that is not to be had may be a store that is away for a moment: tried again.
    if (error instanceof ImageError) {
      return refuse(ctx, state, { code: "RESULT_UNUSABLE", reason: error.message });
    }
    const level = error instanceof GpuUnavailable ? ctx.log.warn : ctx.log.error;
    const alert = error instanceof GpuUnauthorized ? "gpu.unauthorized" : "job.collect-failed";
    level(alert, { jobId: job.id, attemptId: state.attempt.id, cause: error });
    const message = describeTrouble(error);
    await ctx.rows.noteCollectTrouble({ jobId: job.id, message, now: ctx.now() });
    return tryAgain(ctx, state);
  }
}

async function fetchAndStore(
  ctx: DriveContext,
  state: SubmittedState,
  asked: Asked,
): Promise<StepOutcome> {
  const picture = await fetchPicture(ctx, state, asked);
  if (picture === "not yet") return tryAgain(ctx, state);
  if (!picture.ok) return refuse(ctx, state, picture);
  ctx.failpoint("result.fetched");
  return store(ctx, state, { modelOutput: picture.bytes, signal: asked.signal });
}

/** Without the queries of URLs, which may bear signatures. */
function describeTrouble(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/(\bhttps?:\/\/[^\s?]+)\?\S*/g, "$1?[query]");
}

async function fetchPicture(
  ctx: DriveContext,
  { attempt }: SubmittedState,
  { completed, signal }: Asked,
): Promise<Picture | "not yet"> {
  const { backend } = ctx.gpus.side(attempt.backend);
  ctx.failpoint("result.fetching");
  const report: RunpodReport =
    completed?.take() ?? (await backend.report(attempt.runpodJobId, signal));
  switch (report.kind) {
    case "waiting":
    case "running":
      // A late progress message can stand where COMPLETED stood; it may be set right again.
      return "not yet";
    case "failed":
    case "gone":
      return { ok: false, code: "RESULT_LOST", reason: `RunPod now says ${report.kind}.` };
    case "completed":
      return pickPicture(
        await backend.fetchPictures(
          report.output,
          { filePrefix: attempt.filePrefix, maxBytes: MAX_RESULT_BYTES },
          signal,
        ),
        attempt.filePrefix,
      );
  }
}

function pickPicture(reading: OutputReading, filePrefix: string): Picture {
  switch (reading.kind) {
    case "nothing":
      return { ok: false, code: "RESULT_LOST", reason: "RunPod completed without any output." };
    case "unreadable":
      return { ok: false, code: "RESULT_UNUSABLE", reason: reading.reason };
    case "images": {
      // Old workers name no file; a name of somebody else's is never delivered.
      const ours = reading.images.find(
        ({ filename }) => filename === "" || filename.startsWith(filePrefix),
      );
      return ours === undefined
        ? { ok: false, code: "RESULT_UNUSABLE", reason: "No picture bears our file prefix." }
        : { ok: true, bytes: ours.bytes };
    }
  }
}

async function refuse(
  ctx: DriveContext,
  { job, attempt }: SubmittedState,
  { code, reason }: { code: Unusable; reason: string },
): Promise<StepOutcome> {
  ctx.log.error("job.result-unusable", { jobId: job.id, attemptId: attempt.id, code, reason });
  await applyJobEvent(ctx, "unusable", { job, facts: { errorCode: code } });
  return MOVED;
}

async function store(
  ctx: DriveContext,
  state: SubmittedState,
  { modelOutput, signal }: { modelOutput: Uint8Array; signal: AbortSignal },
): Promise<StepOutcome> {
  const { job, attempt } = state;
  const finish = () => finishResult(ctx, state, modelOutput);
  // Only what is loaded and worked on takes a turn: the fetching before and the storing after may wait long.
  const finished = await (ctx.pictureWork?.run(finish, signal) ?? finish());
  // Derived from the attempt's secret: unguessable, yet the same again after a crash.
  const folder = sha256Hex(`result:${attempt.tokenSha256}`).slice(0, 32);
  const result = toFacts(finished, folder, attempt.id);
  const keys = [result.objectKey, result.previewKey];
  await planErasure(ctx, job, keys);
  await Promise.all([
    ctx.store.put(result.objectKey, finished.png, result.contentType),
    ctx.store.put(result.previewKey, finished.preview, "image/webp"),
  ]);
  const stored = await ctx.store.head(result.objectKey);
  if (stored?.sha256 !== finished.sha256) {
    throw new Error("the store does not hold what was put");
  }
  ctx.failpoint("result.stored");
  const done = await applyJobEvent(ctx, "stored", { job, facts: { result } });
  ctx.failpoint("job.captured");
  if (done === null) return MOVED;
  await ctx.rows.takeBackErasures(keys);
  return { kind: "moved", state: { ...state, job: done }, completed: null };
}

async function finishResult(
  ctx: DriveContext,
  { job, pictures }: SubmittedState,
  modelOutput: Uint8Array,
): Promise<FinishedResult> {
  const { original, mask } = await loadPictures(ctx, job, pictures);
  return ctx.imaging.finishResult({ original, mask, modelOutput, plan: job.plan });
}

/** Should this process die before the result is delivered, its objects go; the sweep leaves what is in use. */
async function planErasure(
  ctx: DriveContext,
  job: SubmittedState["job"],
  keys: readonly string[],
): Promise<void> {
  const dueAt = new Date((job.collectBy ?? ctx.now()).getTime() + ORPHAN_MS);
  await ctx.rows.planErasures({ keys, dueAt });
}

function toFacts(finished: FinishedResult, folder: string, attemptId: string): JobResultFacts {
  return {
    attemptId,
    objectKey: `results/${folder}/${finished.sha256}.png`,
    previewKey: `results/${folder}/${sha256Hex(finished.preview)}.webp`,
    sha256: finished.sha256,
    contentType: "image/png",
    bytes: finished.png.byteLength,
    width: finished.width,
    height: finished.height,
    fidelity: finished.fidelity,
  };
}

/** Waits longer the longer it has not worked, from the backoff up to half a minute. */
function tryAgain(ctx: DriveContext, { job }: SubmittedState): StepOutcome {
  const now = ctx.now();
  const sinceMs = now.getTime() - job.updatedAt.getTime();
  const delayMs = Math.min(30_000, Math.max(ctx.gpuSettings.backoffMs, sinceMs / 4));
  return waitFor(delayMs, now, job.collectBy === null ? [] : [job.collectBy]);
}
