import { assets, objectErasures } from "@ob/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { setup, type World } from "../../testing/index.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createJob } from "../jobs/create-job.ts";
import { deleteJob } from "../jobs/delete-job.ts";
import { newJob } from "../../testing/setup.ts";
import { UPLOAD_LIMITS } from "../uploads/limits.ts";
import { runSweeps } from "./run-sweeps.ts";

async function rowOf(world: World, assetId: string) {
  const row = await world.db.query.assets.findFirst({ where: eq(assets.id, assetId) });
  if (row === undefined) throw new Error("no such asset");
  return row;
}

async function isKept(world: World, assetId: string): Promise<boolean> {
  const { objectKey, previewKey, erasedAt } = await rowOf(world, assetId);
  const stored = [objectKey, previewKey].map((key) => world.store.objects.has(key));
  expect(new Set([...stored, erasedAt === null]).size).toBe(1);
  return erasedAt === null;
}

test("a picture and a mask that no job names are erased after a day, not before", async () => {
  const world = await setup();
  world.clock.advance(UPLOAD_LIMITS.unusedMs - 1);
  await runSweeps(world.services);
  expect(await isKept(world, world.imageAssetId)).toBe(true);
  world.clock.advance(1);
  await runSweeps(world.services);
  expect(await isKept(world, world.imageAssetId)).toBe(false);
  expect(await isKept(world, world.maskAssetId)).toBe(false);
  expect(await world.db.$count(objectErasures)).toBe(0);
  const { erasedAt } = await rowOf(world, world.imageAssetId);
  world.clock.advance(1);
  await runSweeps(world.services);
  expect((await rowOf(world, world.imageAssetId)).erasedAt).toEqual(erasedAt);
});

test("what a job names stays as long as the job, and goes with it", async () => {
  const world = await setup();
  const job = await world.createJob({ maskAssetId: world.maskAssetId });
  await cancelJob(world.caller, { jobId: job.id });
  for (let day = 0; day < 3; day += 1) {
    world.clock.advance(UPLOAD_LIMITS.unusedMs);
    await runSweeps(world.services);
  }
  expect(await isKept(world, world.imageAssetId)).toBe(true);
  expect(await isKept(world, world.maskAssetId)).toBe(true);
  await deleteJob(world.caller, { jobId: job.id });
  expect(await isKept(world, world.imageAssetId)).toBe(false);
  expect(await isKept(world, world.maskAssetId)).toBe(false);
});

test("a further picture of a job counts as named", async () => {
  const world = await setup();
  const extra = await world.addAsset(world.caller, { kind: "image", width: 96, height: 64 });
  const job = await world.createJob({ extraImageAssetIds: [extra] });
  world.clock.advance(UPLOAD_LIMITS.unusedMs);
  await cancelJob(world.caller, { jobId: job.id });
  await runSweeps(world.services);
  expect(await isKept(world, extra)).toBe(true);
  await deleteJob(world.caller, { jobId: job.id });
  expect(await isKept(world, extra)).toBe(false);
});

test("what a server of before leaves behind of an erased job is swept, unless another job shows it", async () => {
  const world = await setup();
  const picture = () => world.addAsset(world.caller, { kind: "image", width: 96, height: 64 });
  const [own, shared] = [await picture(), await picture()];
  const job = await world.createJob({ extraImageAssetIds: [own, shared] });
  const other = await world.createJob({ extraImageAssetIds: [shared] });
  for (const { id } of [job, other]) await cancelJob(world.caller, { jobId: id });
  world.clock.advance(UPLOAD_LIMITS.unusedMs);
  await runSweeps(world.services);
  // As such a server does it: it knows of the first picture and the mask alone.
  const erase = (jobId: string) =>
    world.sql`select job_erase_v1(${jobId}, ${world.caller.ownerId}, ${world.clock.now()})`;
  await erase(job.id);
  await runSweeps(world.services);
  expect([await isKept(world, own), await isKept(world, shared)]).toEqual([false, true]);
  await erase(other.id);
  await runSweeps(world.services);
  expect(await isKept(world, shared)).toBe(false);
});

test("a job asked for after its picture was swept does not find it, and holds nothing", async () => {
  const world = await setup();
  world.clock.advance(UPLOAD_LIMITS.unusedMs);
  await runSweeps(world.services);
  await expect(world.createJob()).rejects.toMatchObject({
    code: "ASSET_NOT_FOUND",
    field: "input.imageAssetId",
  });
  expect(await world.balance()).toEqual({ available: 20, held: 0 });
});

test("of a sweep and a new job at once one wins: the job has its picture, or is refused", async () => {
  const world = await setup({ credits: 60, poolSize: 6 });
  const size = { kind: "image", width: 96, height: 64 } as const;
  const pictures = await Promise.all(
    Array.from({ length: 12 }, () => world.addAsset(world.caller, size)),
  );
  world.clock.advance(UPLOAD_LIMITS.unusedMs);
  const [, , ...made] = await Promise.all([
    runSweeps(world.services),
    runSweeps(world.services),
    ...pictures.map((imageAssetId) =>
      createJob(world.caller, newJob({ imageAssetId })).then(
        (job) => job,
        (cause: unknown) => {
          expect(cause).toMatchObject({ code: "ASSET_NOT_FOUND" });
          return null;
        },
      ),
    ),
  ]);
  for (const [at, imageAssetId] of pictures.entries()) {
    expect(await isKept(world, imageAssetId)).toBe(made[at] !== null);
  }
  for (const job of made) if (job !== null) await cancelJob(world.caller, { jobId: job.id });
});
