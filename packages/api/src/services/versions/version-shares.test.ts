import { randomUUID } from "node:crypto";
import { serviceShares } from "@ob/db";
import { expect, test } from "vitest";
import { bucketOf } from "./choose-version.ts";
import { completedReport, newJob, setup, type World } from "../../testing/index.ts";
import type { CallerContext } from "../context.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createJob } from "../jobs/create-job.ts";
import { getJob } from "../jobs/get-job.ts";
import { PRICES } from "../../domain/prices.ts";
import { quoteJob } from "../jobs/quote-job.ts";
import { retryJob } from "../jobs/retry-job.ts";

const ONE = "qwen-image-edit@1";
const TWO = "qwen-image-edit@2";

async function share(world: World, serviceVersion: string, basisPoints: number): Promise<void> {
  const row = { service: serviceVersion.slice(0, -2), basisPoints, updatedAt: world.clock.now() };
  await world.db
    .insert(serviceShares)
    .values({ serviceVersion, ...row })
    .onConflictDoUpdate({ target: serviceShares.serviceVersion, set: row });
}

/** An owner who is in a share of `basisPoints` of the second version, or is not, with a picture. */
async function ownerWho(world: World, o: { isIn: boolean; basisPoints: number }) {
  for (;;) {
    const caller = await world.addOwner(20);
    if (bucketOf(caller.ownerId, TWO) < o.basisPoints !== o.isIn) continue;
    const imageAssetId = await world.addAsset(caller, { kind: "image", width: 96, height: 64 });
    return { caller, imageAssetId };
  }
}

/** The same caller at another replica: nothing is shared but the database. */
function elsewhere(world: World, caller: CallerContext): CallerContext {
  const registry = { ...world.services.registry };
  return { ...caller, services: { ...caller.services, registry } };
}

async function finish(world: World, jobId: string): Promise<void> {
  await world.reconcile({ id: jobId });
  const run = world.gpu.runs.at(-1);
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile({ id: jobId });
}

test("quote and job are made in the version whose share the owner is in, on every replica", async () => {
  const world = await setup();
  await share(world, TWO, 3_000);
  for (const isIn of [true, false]) {
    const { caller, imageAssetId } = await ownerWho(world, { isIn, basisPoints: 3_000 });
    const expected = isIn ? TWO : ONE;
    const asked = newJob({ imageAssetId });
    expect((await quoteJob(caller, asked)).serviceVersion).toBe(expected);
    expect((await quoteJob(elsewhere(world, caller), asked)).serviceVersion).toBe(expected);
    const job = await createJob(elsewhere(world, caller), asked);
    expect(job.serviceVersion).toBe(expected);
    await cancelJob(caller, { jobId: job.id });
  }
});

test("the version that was quoted is the version of the job, also when the shares moved meanwhile", async () => {
  const world = await setup();
  await share(world, TWO, 3_000);
  const { caller, imageAssetId } = await ownerWho(world, { isIn: true, basisPoints: 3_000 });
  const asked = newJob({ imageAssetId });
  const { serviceVersion, credits } = await quoteJob(caller, asked);
  await share(world, TWO, 1);
  const quoted = { quotedServiceVersion: serviceVersion, quotedCredits: credits };
  const job = await createJob(elsewhere(world, caller), { ...asked, ...quoted });
  expect(job.serviceVersion).toBe(TWO);
  await cancelJob(caller, { jobId: job.id });
});

test("a version withdrawn mid-way takes no new job, holds nothing, and its running job is delivered", async () => {
  const world = await setup();
  const asked = newJob({ imageAssetId: world.imageAssetId });
  const { serviceVersion } = await quoteJob(world.caller, asked);
  const running = await createJob(world.caller, { ...asked, quotedServiceVersion: serviceVersion });
  expect(running.serviceVersion).toBe(TWO);
  const before = await world.balance();
  await share(world, TWO, 0);

  const again = { ...newJob({ imageAssetId: world.imageAssetId }), quotedServiceVersion: TWO };
  await expect(createJob(elsewhere(world, world.caller), again)).rejects.toMatchObject({
    code: "PRICE_CHANGED",
    field: "quotedServiceVersion",
  });
  expect(await world.balance()).toEqual(before);
  expect((await quoteJob(world.caller, asked)).serviceVersion).toBe(ONE);

  await finish(world, running.id);
  expect(await world.job(running)).toMatchObject({ status: "done", serviceVersion: TWO });
  // The first answer is kept, whatever has become of the version.
  const replay = await createJob(world.caller, { ...asked, quotedServiceVersion: serviceVersion });
  expect(replay.id).toBe(running.id);
});

test("a withdrawal between the look at the shares and the transaction is seen by the transaction", async () => {
  const world = await setup();
  let isPicked = false;
  // The job's id is made once its version is picked; what is asked of the database comes after.
  const newId = () => {
    isPicked = true;
    return world.services.newId();
  };
  const sql = new Proxy(world.services.sql, {
    apply: async (target, self, args) => {
      if (isPicked) await share(world, TWO, 0);
      const answer: unknown = Reflect.apply(target, self, args);
      return answer;
    },
  });
  const caller = { ...world.caller, services: { ...world.services, sql, newId } };
  await expect(
    createJob(caller, newJob({ imageAssetId: world.imageAssetId })),
  ).rejects.toMatchObject({ code: "PRICE_CHANGED", field: "quotedServiceVersion" });
  expect(await world.balance()).toEqual({ available: 20, held: 0 });
});

test.each(["qwen-image-edit@99", "photo-restore@1", "", "constructor"])(
  "%j is no version to be had of this service",
  async (quotedServiceVersion) => {
    const world = await setup();
    const asked = { ...newJob({ imageAssetId: world.imageAssetId }), quotedServiceVersion };
    await expect(createJob(world.caller, asked)).rejects.toMatchObject({
      code: "PRICE_CHANGED",
      field: "quotedServiceVersion",
    });
    expect(await world.balance()).toEqual({ available: 20, held: 0 });
  },
);

test("a service whose versions are all withdrawn is not there", async () => {
  const world = await setup();
  await share(world, "photo-restore@1", 0);
  const asked = { ...newJob({ imageAssetId: world.imageAssetId }), service: "photo-restore" };
  await expect(quoteJob(world.caller, asked)).rejects.toMatchObject({
    code: "SERVICE_UNKNOWN",
    field: "service",
  });
});

test("a retry keeps the version of its job while that is live, and takes the caller's own after", async () => {
  const world = await setup({ credits: 40 });
  await share(world, TWO, 0);
  const first = await world.createJob();
  await cancelJob(world.caller, { jobId: first.id });
  expect(first.serviceVersion).toBe(ONE);
  await share(world, TWO, 10_000);
  const retry = (jobId: string) => retryJob(world.caller, { jobId, requestId: randomUUID() });
  const kept = await retry(first.id);
  expect(kept.serviceVersion).toBe(ONE);
  await cancelJob(world.caller, { jobId: kept.id });
  await share(world, ONE, 0);
  const moved = await retry(first.id);
  expect(moved.serviceVersion).toBe(TWO);
  await cancelJob(world.caller, { jobId: moved.id });
  expect((await getJob(world.caller, { jobId: first.id })).serviceVersion).toBe(ONE);
});

test("a retry in a version that costs more than its job did is refused until that price was shown", async () => {
  const prices = { ...PRICES, [TWO]: { fast: 5, quality: 9, aligned: 6 } };
  const world = await setup({ prices });
  await share(world, TWO, 0);
  const first = await world.createJob();
  await cancelJob(world.caller, { jobId: first.id });
  await share(world, TWO, 10_000);
  await share(world, ONE, 0);
  const ask = { jobId: first.id, requestId: randomUUID() };
  await expect(retryJob(world.caller, ask)).rejects.toMatchObject({
    code: "PRICE_CHANGED",
    field: "quotedCredits",
  });
  expect(await world.balance()).toEqual({ available: 20, held: 0 });
  // A refusal is not kept: the same request, now with the price that was shown.
  const again = await retryJob(world.caller, { ...ask, quotedCredits: 5 });
  expect(again).toMatchObject({ serviceVersion: TWO, credits: 5 });
  await cancelJob(world.caller, { jobId: again.id });
});
