import { assets, objectErasures, results } from "@ob/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { deleteJob } from "../jobs/delete-job.ts";
import { runSweeps } from "../sweeps/run-sweeps.ts";
import { assetFromResult } from "./asset-from-result.ts";
import { UPLOAD_LIMITS } from "./limits.ts";

async function doneJob(world: World) {
  const job = await world.createJob();
  await world.reconcile(job);
  const run = world.gpu.runs.at(-1);
  if (run === undefined) throw new Error("nothing was sent");
  run.report = completedReport(run);
  await world.reconcile(job);
  const done = await world.job(job);
  if (done.status !== "done" || done.result === null) throw new Error(`the job is ${done.status}`);
  return { ...done, result: done.result };
}

async function rowOf(world: World, assetId: string) {
  const row = await world.db.query.assets.findFirst({ where: eq(assets.id, assetId) });
  if (row === undefined) throw new Error("no such asset");
  return row;
}

test("the result becomes a picture of one's own that a new job can use", async () => {
  const world = await setup();
  const job = await doneJob(world);
  const asset = await assetFromResult(world.caller, { jobId: job.id });
  const { width, height, bytes } = job.result;
  expect(asset).toMatchObject({ kind: "image", width, height, bytes, contentType: "image/png" });
  const row = await rowOf(world, asset.assetId);
  const delivered = await world.db.query.results.findFirst({ where: eq(results.jobId, job.id) });
  expect(row.sha256).toBe(delivered?.sha256);
  expect(await world.store.head(row.objectKey)).toEqual({ bytes, sha256: row.sha256 });
  expect(asset.previewUrl).toContain(row.previewKey);
  expect(world.store.objects.has(row.previewKey)).toBe(true);
  const next = await world.createJob({ imageAssetId: asset.assetId });
  expect(next.input.imageAssetId).toBe(asset.assetId);
});

test("each copy lives on its own, also after its job was deleted and the sweeps ran", async () => {
  const world = await setup();
  const job = await doneJob(world);
  const first = await rowOf(
    world,
    (await assetFromResult(world.caller, { jobId: job.id })).assetId,
  );
  const second = await rowOf(
    world,
    (await assetFromResult(world.caller, { jobId: job.id })).assetId,
  );
  expect(second.objectKey).not.toBe(first.objectKey);
  await deleteJob(world.caller, { jobId: job.id });
  world.clock.advance(UPLOAD_LIMITS.orphanMs + 1);
  await runSweeps(world.services);
  for (const { objectKey, previewKey } of [first, second]) {
    expect(world.store.objects.has(objectKey)).toBe(true);
    expect(world.store.objects.has(previewKey)).toBe(true);
  }
});

test("a job that is not there, foreign or deleted is not found", async () => {
  const world = await setup();
  const job = await doneJob(world);
  const refused = { code: "JOB_NOT_FOUND", field: "jobId" };
  const stranger = await world.addOwner(0);
  await expect(assetFromResult(stranger, { jobId: job.id })).rejects.toMatchObject(refused);
  const nobodys = crypto.randomUUID();
  await expect(assetFromResult(world.caller, { jobId: nobodys })).rejects.toMatchObject(refused);
  await deleteJob(world.caller, { jobId: job.id });
  await expect(assetFromResult(world.caller, { jobId: job.id })).rejects.toMatchObject(refused);
});

test("a job without a result has none to give", async () => {
  const world = await setup();
  const job = await world.createJob();
  await expect(assetFromResult(world.caller, { jobId: job.id })).rejects.toMatchObject({
    code: "INPUT_INVALID",
    field: "jobId",
  });
  world.gpu.script("bad-request");
  await world.driveDue();
});

test("a job deleted while its picture is being copied leaves no copy", async () => {
  const world = await setup();
  const job = await doneJob(world);
  const copied: string[] = [];
  const store = {
    ...world.store,
    put: async (key: string, bytes: Uint8Array, contentType: string) => {
      copied.push(key);
      await world.store.put(key, bytes, contentType);
      if (key.startsWith("previews/")) await deleteJob(world.caller, { jobId: job.id });
    },
  };
  const caller = { ...world.caller, services: { ...world.services, store } };
  await expect(assetFromResult(caller, { jobId: job.id })).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
  world.clock.advance(UPLOAD_LIMITS.orphanMs + 1);
  await runSweeps(world.services);
  expect(copied).toHaveLength(2);
  expect(copied.filter((key) => world.store.objects.has(key))).toEqual([]);
  expect(await world.db.$count(objectErasures)).toBe(0);
});

test("copies count as uploads do", async () => {
  const world = await setup();
  const job = await doneJob(world);
  await world.sql`
    insert into rate_windows (owner_id, bucket, window_start, calls)
    values (${world.caller.ownerId}, 'uploads',
      date_bin('1 minute', ${world.clock.now()}::timestamptz, timestamptz 'epoch'),
      ${UPLOAD_LIMITS.createsPerMinute})`;
  await expect(assetFromResult(world.caller, { jobId: job.id })).rejects.toMatchObject({
    code: "RATE_LIMITED",
    field: null,
  });
});
