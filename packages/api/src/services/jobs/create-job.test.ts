import { randomUUID } from "node:crypto";
import { GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";
import type { CreateJobInput } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import { completedReport, newJob, setup, type World } from "../../testing/index.ts";
import { readBalance } from "../credits/read-balance.ts";
import { createJob } from "./create-job.ts";
import { deleteJob } from "./delete-job.ts";
import { quoteJob } from "./quote-job.ts";

async function refusal(answer: Promise<unknown>): Promise<AppError> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

async function countJobs(world: World): Promise<number> {
  const rows = await world.sql`select count(*)::int as n from jobs`;
  return Number(rows[0]?.["n"]);
}

test("a new job answers with its seed, its place and its price, and holds the price", async () => {
  const world = await setup({ credits: 20 });
  const first = await world.createJob();
  const second = await world.createJob({ mode: "quality", seed: 7 });
  expect(first).toMatchObject({
    status: "queued",
    stage: "waiting",
    queuePosition: 1,
    credits: 3,
    serviceVersion: "qwen-image-edit@2",
    cancelRequested: false,
    refundedCredits: 0,
    result: null,
    error: null,
  });
  expect(Number.isSafeInteger(first.input.seed)).toBe(true);
  expect(second).toMatchObject({
    queuePosition: 2,
    credits: 8,
    input: { seed: 7, ratio: "original" },
  });
  expect(second.etaSeconds?.low).toBeGreaterThanOrEqual(0);
  expect(await world.balance()).toEqual({ available: 9, held: 11 });
  expect(await world.job(first)).toEqual(first);
});

test("the price of a job is the price of its quote", async () => {
  const world = await setup();
  const request = newJob({ imageAssetId: world.imageAssetId, mode: "quality" });
  const { credits, prompt } = await quoteJob(world.caller, request);
  expect(prompt.en).not.toBe("");
  const job = await createJob(world.caller, { ...request, quotedCredits: credits });
  expect(job.credits).toBe(credits);
});

test("a quoted price that is no longer the price holds nothing", async () => {
  const world = await setup();
  const request = { ...newJob({ imageAssetId: world.imageAssetId }), quotedCredits: 2 };
  expect(await refusal(createJob(world.caller, request))).toMatchObject({ code: "PRICE_CHANGED" });
  expect(await world.balance()).toEqual({ available: 20, held: 0 });
  expect(await createJob(world.caller, { ...request, quotedCredits: 3 })).toMatchObject({
    status: "queued",
  });
});

test("without enough credits there is no job and nothing is held", async () => {
  const world = await setup({ credits: 2 });
  expect(await refusal(world.createJob())).toMatchObject({ code: "INSUFFICIENT_CREDITS" });
  expect(await countJobs(world)).toBe(0);
  expect(await world.balance()).toEqual({ available: 2, held: 0 });
});

test("the last credits spent 32 ways at once buy exactly one job", async () => {
  const world = await setup({ credits: 3, poolSize: 8 });
  const answers = await Promise.allSettled(Array.from({ length: 32 }, () => world.createJob()));
  const made = answers.filter(({ status }) => status === "fulfilled");
  expect(made).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === "rejected") {
      expect(answer.reason).toMatchObject({ code: "INSUFFICIENT_CREDITS" });
    }
  }
  expect(await world.balance()).toEqual({ available: 0, held: 3 });
});

test("the same request twenty times at once is one job and one answer, byte for byte", async () => {
  const world = await setup({ credits: 20, poolSize: 8 });
  const request = newJob({ imageAssetId: world.imageAssetId });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => createJob(world.caller, request)),
  );
  const texts = new Set(answers.map((answer) => JSON.stringify(answer)));
  expect(texts.size).toBe(1);
  expect(await countJobs(world)).toBe(1);
  expect(await world.balance()).toEqual({ available: 17, held: 3 });
});

test("a replay is the first answer whatever has become of the job, the credits and the price since", async () => {
  const world = await setup({ credits: 3 });
  const request = newJob({ imageAssetId: world.imageAssetId, maskAssetId: world.maskAssetId });
  const first = await createJob(world.caller, request);
  await world.reconcile(first);
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(first);
  expect(await world.job(first)).toMatchObject({ status: "done" });
  const replay = await createJob(world.caller, request);
  expect(JSON.stringify(replay)).toBe(JSON.stringify(first));
});

test("the order of keys does not make another request, a changed value does", async () => {
  const world = await setup();
  const request = newJob({ imageAssetId: world.imageAssetId, seed: 1, prompt: "a" });
  const first = await createJob(world.caller, request);
  const { requestId, service, input } = request;
  const { imageAssetId, seed, prompt, mode } = input;
  const turned = { input: { prompt, seed, mode, imageAssetId }, service, requestId };
  expect(await createJob(world.caller, turned)).toEqual(first);
  const changed = createJob(world.caller, { ...request, input: { ...input, seed: 2 } });
  expect(await refusal(changed)).toMatchObject({ code: "REQUEST_ID_REUSED", field: "requestId" });
  const priced = createJob(world.caller, { ...request, quotedCredits: 3 });
  expect(await refusal(priced)).toMatchObject({ code: "REQUEST_ID_REUSED" });
});

test("a refusal is not kept: the same request may succeed later", async () => {
  const world = await setup({ credits: 3 });
  const other = await world.createJob();
  const request = newJob({ imageAssetId: world.imageAssetId });
  expect(await refusal(createJob(world.caller, request))).toMatchObject({
    code: "INSUFFICIENT_CREDITS",
  });
  world.gpu.script("bad-request");
  await world.reconcile(other);
  expect(await createJob(world.caller, request)).toMatchObject({ status: "queued" });
});

test("request ids belong to their owner", async () => {
  const world = await setup();
  const stranger = await world.addOwner(20);
  const imageAssetId = await world.addAsset(stranger, { kind: "image", width: 64, height: 64 });
  const mine = newJob({ imageAssetId: world.imageAssetId });
  const theirs = { ...newJob({ imageAssetId }), requestId: mine.requestId };
  const first = await createJob(world.caller, mine);
  const second = await createJob(stranger, theirs);
  expect(second.id).not.toBe(first.id);
});

test("erasing a job erases its kept answer", async () => {
  const world = await setup();
  const request = newJob({ imageAssetId: world.imageAssetId });
  const job = await createJob(world.caller, request);
  world.gpu.script("bad-request");
  await world.reconcile(job);
  await deleteJob(world.caller, { jobId: job.id });
  const replay = await refusal(createJob(world.caller, request));
  expect(replay).toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("creations are limited per minute, replays are not counted", async () => {
  const world = await setup({ credits: 1_000 });
  const request = newJob({ imageAssetId: world.imageAssetId });
  const first = await createJob(world.caller, request);
  await Promise.all(Array.from({ length: 119 }, () => world.createJob()));
  const over = await refusal(world.createJob());
  expect(over).toMatchObject({ code: "RATE_LIMITED" });
  expect(over.retryAfterSeconds).toBeGreaterThan(0);
  expect(await createJob(world.caller, request)).toEqual(first);
  world.clock.advance(60_000);
  expect(await world.createJob()).toMatchObject({ status: "queued" });
});

type BadRequest = [
  name: string,
  request: { service?: string },
  input: Partial<CreateJobInput["input"]>,
  code: string,
  field: string | RegExp,
];

test.each([
  ["an unknown service", { service: "no-such" }, {}, "SERVICE_UNKNOWN", "service"],
  ["an unknown option", {}, { options: { "no-such": "x" } }, "OPTION_UNKNOWN", /^input\.options/],
  ["an unknown mode", {}, { mode: "slow" }, "INPUT_INVALID", "input.mode"],
  ["an unknown ratio", {}, { ratio: "9:99" }, "INPUT_INVALID", "input.ratio"],
  ["an unknown param", {}, { params: { denoise: 1 } }, "INPUT_INVALID", /^input\.params/],
  [
    "a prompt of 2,001 letters",
    {},
    { prompt: "ก".repeat(2_001) },
    "PROMPT_TOO_LONG",
    "input.prompt",
  ],
  ["control characters", {}, { prompt: "a\u0007b" }, "PROMPT_INVALID", "input.prompt"],
  [
    "a picture that is not there",
    {},
    { imageAssetId: randomUUID() },
    "ASSET_NOT_FOUND",
    "input.imageAssetId",
  ],
  [
    "a mask that is not there",
    {},
    { maskAssetId: randomUUID() },
    "ASSET_NOT_FOUND",
    "input.maskAssetId",
  ],
  [
    "a second picture for a service of one",
    { service: "photo-restore" },
    { mode: "standard", extraImageAssetIds: [randomUUID()] },
    "INPUT_INVALID",
    "input.extraImageAssetIds",
  ],
  [
    "a second picture that is not there",
    {},
    { extraImageAssetIds: [randomUUID()] },
    "ASSET_NOT_FOUND",
    "input.extraImageAssetIds.0",
  ],
  [
    "a mask for a service without",
    { service: "photo-restore" },
    { mode: "standard", maskAssetId: randomUUID() },
    "INPUT_INVALID",
    "input.maskAssetId",
  ],
] satisfies BadRequest[])(
  "%s is refused before anything is held",
  async (_name, request, input, code, field) => {
    const world = await setup();
    const asked = { ...newJob({ imageAssetId: world.imageAssetId, ...input }), ...request };
    for (const ask of [createJob, quoteJob]) {
      const refused = await refusal(ask(world.caller, asked));
      expect(refused.code).toBe(code);
      expect(refused.field).toMatch(field);
    }
    expect(await countJobs(world)).toBe(0);
    expect(await world.balance()).toEqual({ available: 20, held: 0 });
  },
);

test("a picture of another owner, or of the other kind, reads as not there", async () => {
  const world = await setup();
  const stranger = await world.addOwner(20);
  const asked = newJob({ imageAssetId: world.imageAssetId });
  expect(await refusal(createJob(stranger, asked))).toMatchObject({ code: "ASSET_NOT_FOUND" });
  const swapped = { imageAssetId: world.maskAssetId };
  expect(await refusal(world.createJob(swapped))).toMatchObject({ field: "input.imageAssetId" });
  const asMask = { maskAssetId: world.imageAssetId };
  expect(await refusal(world.createJob(asMask))).toMatchObject({ field: "input.maskAssetId" });
  expect(await readBalance(stranger)).toEqual({ available: 20, held: 0 });
});

test("a mask must have its picture's shape within one percent, and something painted", async () => {
  const world = await setup();
  const mask = (width: number, height: number, more = {}) =>
    world.addAsset(world.caller, { kind: "mask", width, height, ...more });
  const half = await mask(48, 32);
  expect(await world.createJob({ maskAssetId: half })).toMatchObject({ status: "queued" });
  const square = await mask(64, 64);
  expect(await refusal(world.createJob({ maskAssetId: square }))).toMatchObject({
    code: "MASK_SIZE_MISMATCH",
    field: "input.maskAssetId",
  });
  const empty = await mask(96, 64, { maskBounds: null });
  expect(await refusal(world.createJob({ maskAssetId: empty }))).toMatchObject({
    code: "MASK_EMPTY",
  });
});

test("a picture outside what its service takes is refused before anything is held", async () => {
  const versions = GPU_SERVICES.map((service) => {
    const { limits } = service.contract;
    const picture = { ...limits.picture, minSidePx: 65 };
    return { ...service, contract: { ...service.contract, limits: { ...limits, picture } } };
  });
  const world = await setup({ versions });
  expect(await refusal(world.createJob())).toMatchObject({
    code: "INPUT_INVALID",
    field: "input.imageAssetId",
  });
  const imageAssetId = await world.addAsset(world.caller, { kind: "image", width: 96, height: 65 });
  expect(await world.createJob({ imageAssetId })).toMatchObject({ status: "queued" });
  expect(await world.balance()).toEqual({ available: 17, held: 3 });
});
