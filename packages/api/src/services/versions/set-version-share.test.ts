import { expect, test } from "vitest";
import { setup, type World } from "../../testing/index.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { listVersions } from "./list-versions.ts";
import { setVersionShare } from "./set-version-share.ts";

const set = (world: World, version: string, basisPoints: number, note: string | null = null) =>
  setVersionShare(world.services, { version, basisPoints, note });

async function reportOf(world: World, name: string) {
  const reports = await listVersions(world.services);
  return reports.find(({ version }) => version === name);
}

test("a share is set, changed and read with the operator's words and the jobs still open", async () => {
  const world = await setup();
  const job = await world.createJob();
  expect(await reportOf(world, "qwen-image-edit@2")).toEqual({
    version: "qwen-image-edit@2",
    service: "qwen-image-edit",
    percent: 100,
    isLive: true,
    openJobs: 1,
    note: null,
    updatedAt: null,
  });
  expect(await set(world, "qwen-image-edit@2", 1_250, "first owners")).toBe("set");
  expect(await set(world, "qwen-image-edit@2", 0, "blurry hands")).toBe("set");
  expect(await reportOf(world, "qwen-image-edit@2")).toMatchObject({
    percent: 0,
    isLive: false,
    openJobs: 1,
    note: "blurry hands",
    updatedAt: world.clock.now(),
  });
  await cancelJob(world.caller, { jobId: job.id });
});

test("a version this program does not know has no share", async () => {
  const world = await setup();
  expect(await set(world, "qwen-image-edit@77", 0)).toBe("version-unknown");
  expect(await reportOf(world, "qwen-image-edit@77")).toBeUndefined();
});

test("of one service a version stays live, whatever becomes of the others", async () => {
  const world = await setup();
  expect(await set(world, "photo-restore@1", 0)).toBe("last-live-version");
  expect(await set(world, "qwen-image-edit@1", 0)).toBe("set");
  expect(await set(world, "qwen-image-edit@2", 0)).toBe("last-live-version");
  expect(await set(world, "qwen-image-edit@1", 1)).toBe("set");
  expect(await set(world, "qwen-image-edit@2", 0)).toBe("set");
});

test("two operators who withdraw two versions at once leave one", async () => {
  const world = await setup();
  for (let round = 0; round < 5; round += 1) {
    const outcomes = await Promise.all([
      set(world, "qwen-image-edit@1", 0),
      set(world, "qwen-image-edit@2", 0),
    ]);
    expect(outcomes.toSorted()).toEqual(["last-live-version", "set"]);
    await set(world, "qwen-image-edit@1", 10_000);
    await set(world, "qwen-image-edit@2", 10_000);
  }
});
