import type { CanvasPlan } from "@ob/workflow/canvas";
import type { SqlRunner } from "../client.ts";
import { type AttemptIntend, attemptIntendV2 } from "../hot/attempt-intend-v2.ts";
import { type JobApply, jobApplyV1 } from "../hot/job-apply-v1.ts";
import { type JobCreate, jobCreateV3 } from "../hot/job-create-v3.ts";
import { ownerCreateV1 } from "../hot/owner-create-v1.ts";

/** The moment at which the world's clock starts. */
export const START = new Date("2026-11-22T09:00:00.000Z");
/** The moment `ms` after {@link START}. */
export const at = (ms: number): Date => new Date(START.getTime() + ms);

const PLAN: CanvasPlan = {
  version: 2,
  source: { width: 1024, height: 1024 },
  placed: { x: 0, y: 0, width: 1024, height: 1024 },
  crop: { x: 0, y: 0, width: 1024, height: 1024 },
  scaled: { width: 1024, height: 1024 },
  pad: { left: 0, top: 0, right: 0, bottom: 0 },
  canvas: { width: 1024, height: 1024 },
  output: { width: 1024, height: 1024 },
  mask: null,
};

/** Lawful rows by the real functions, with ids in order: what a test does not mention is the plainest there is. */
export function createWorld(sql: SqlRunner) {
  let ids = 0;
  const id = (): string => `00000000-0000-7000-8000-${String(++ids).padStart(12, "0")}`;

  async function owner(credits: number): Promise<string> {
    const ownerId = id();
    await ownerCreateV1(sql, {
      ownerId,
      kind: "guest",
      welcomeCredits: credits,
      address: null,
      grantsPerHour: 20,
      transferId: id(),
      now: START,
    });
    return ownerId;
  }

  async function asset(ownerId: string, kind: "image" | "mask" = "image"): Promise<string> {
    const assetId = id();
    await sql`
      insert into assets (id, owner_id, kind, width, height, content_type, bytes, sha256, object_key,
        preview_key, created_at)
      values (${assetId}, ${ownerId}, ${kind}, 1024, 1024, 'image/png', 9, ${"0".repeat(64)},
        ${`assets/${assetId}.png`}, ${`assets/${assetId}.webp`}, ${START})`;
    return assetId;
  }

  function jobRequest(ownerId: string, imageAssetId: string, change: Partial<JobCreate> = {}) {
    const jobId = change.jobId ?? id();
    const mode = change.mode ?? "fast";
    return {
      jobId,
      ownerId,
      requestId: id(),
      requestHash: "hash",
      service: "qwen-image-edit",
      serviceVersion: "qwen-image-edit@1",
      mode,
      backend: "runpod:test",
      credits: 3,
      input: {
        imageAssetId,
        extraImageAssetIds: [...(change.extraAssetIds ?? [])],
        maskAssetId: change.maskAssetId ?? null,
        options: {},
        params: {},
        prompt: "เปลี่ยนเสื้อเป็นสีฟ้า",
        ratio: "original",
        mode,
        seed: 7,
      },
      promptEn: "Make the shirt blue.",
      plan: PLAN,
      imageAssetId,
      extraAssetIds: [],
      maskAssetId: null,
      retryOf: null,
      transferId: id(),
      deadlineAt: at(86_400_000),
      now: START,
      response: { id: jobId, status: "queued" },
      rate: { limit: 1_000_000, windowMs: 60_000 },
      ...change,
    } satisfies JobCreate;
  }

  async function job(ownerId: string, change: Partial<JobCreate> = {}): Promise<string> {
    const image = change.imageAssetId ?? (await asset(ownerId));
    const request = jobRequest(ownerId, image, change);
    const outcome = await jobCreateV3(sql, request);
    if (outcome.outcome !== "created") throw new Error(`job not created: ${outcome.outcome}`);
    return request.jobId;
  }

  function intent(jobId: string, change: Partial<AttemptIntend> = {}): AttemptIntend {
    const attemptId = change.attemptId ?? id();
    return {
      attemptId,
      jobId,
      maxInFlight: 1_000,
      maxTries: 3,
      variant: "fast",
      graphHash: "graph",
      filePrefix: `out-${attemptId}`,
      imageName: `in-${attemptId}.png`,
      extraImageNames: [],
      maskName: null,
      tokenSha256: `token-${attemptId}`,
      deadAfter: at(700_000),
      deadlineAt: at(900_000),
      now: START,
      ...change,
    };
  }

  async function attempt(jobId: string, change: Partial<AttemptIntend> = {}): Promise<string> {
    const request = intent(jobId, change);
    const outcome = await attemptIntendV2(sql, request);
    if (outcome.outcome !== "intended") throw new Error(`not intended: ${outcome.outcome}`);
    return request.attemptId;
  }

  /** Applies an event; `transferId` and `now` have defaults. */
  async function apply(
    jobId: string,
    change: Omit<JobApply, "jobId" | "transferId" | "now" | "credits" | "facts"> &
      Partial<JobApply>,
  ) {
    return jobApplyV1(sql, {
      transferId: id(),
      now: START,
      credits: null,
      facts: {},
      ...change,
      jobId,
    });
  }

  /** Brings a queued job with an attempt in `intent` to `storing`. */
  async function finish(jobId: string, attemptId: string): Promise<void> {
    await apply(jobId, {
      event: "accepted",
      from: ["queued"],
      to: null,
      facts: {
        attempt: {
          id: attemptId,
          from: ["intent"],
          to: "submitted",
          runpodJobId: `run-${attemptId}`,
        },
      },
    });
    await apply(jobId, {
      event: "finished",
      from: ["queued", "running"],
      to: "storing",
      facts: {
        collectBy: at(600_000),
        attempt: { id: attemptId, from: ["submitted"], to: "finished" },
      },
    });
  }

  /** Brings a job in `storing` to `done`. */
  async function store(jobId: string, attemptId: string) {
    return apply(jobId, {
      event: "stored",
      from: ["storing"],
      to: "done",
      credits: "capture",
      facts: { result: result(jobId, attemptId), dueAt: null },
    });
  }

  /** A job that went all the way. */
  async function doneJob(ownerId: string, change: Partial<JobCreate> = {}) {
    const jobId = await job(ownerId, change);
    const attemptId = await attempt(jobId);
    await finish(jobId, attemptId);
    await store(jobId, attemptId);
    return { jobId, attemptId };
  }

  async function cancel(jobId: string) {
    return apply(jobId, {
      event: "cancelled",
      from: ["queued", "running"],
      to: "cancelled",
      credits: "release",
    });
  }

  async function balance(ownerId: string): Promise<Record<string, number>> {
    const rows = await sql<{ account: string; amount: string }[]>`
      select account, amount from credit_balances where owner_id = ${ownerId} and account <> 'debt'`;
    return Object.fromEntries(rows.map((row) => [row.account, Number(row.amount)]));
  }

  return {
    id,
    owner,
    asset,
    jobRequest,
    job,
    intent,
    attempt,
    apply,
    finish,
    store,
    doneJob,
    cancel,
    balance,
  };
}

export type World = ReturnType<typeof createWorld>;

/** A picture as `stored` brings it. */
export function result(jobId: string, attemptId: string) {
  return {
    attemptId,
    objectKey: `results/${jobId}.png`,
    previewKey: `results/${jobId}.webp`,
    sha256: "f".repeat(64),
    contentType: "image/png",
    bytes: 9,
    width: 1024,
    height: 1024,
    fidelity: { comparedPixels: null, changedOutsideMask: null, shiftPx: null, similarity: 1 },
  };
}
