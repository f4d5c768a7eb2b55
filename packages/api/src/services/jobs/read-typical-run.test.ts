import type { RunpodReport } from "@ob/runpod";
import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { readTypicalRun } from "./read-typical-run.ts";

const kind = {
  backend: "runpod:scripted",
  serviceVersion: "qwen-image-edit@2",
  mode: "fast",
};

/** A job that waits 2 s for its worker and draws for 3 s, by our own clock. */
async function runOne(world: World, o: { isWoken: boolean; reportsTimes: boolean }) {
  const job = await world.createJob();
  world.gpu.setHealth({ ready: o.isWoken ? 0 : 1 });
  await world.driveDue();
  // The watch asks for health every five seconds only.
  world.clock.advance(o.isWoken ? 6_000 : 1_000);
  await world.reconcile(job);
  world.clock.advance(1_000);
  const run = world.gpu.runs.at(-1);
  if (run === undefined) throw new Error("nothing was sent");
  run.report = { kind: "running", progress: null };
  await world.reconcile(job);
  world.clock.advance(3_000);
  run.report = o.reportsTimes ? completedReport(run) : withoutTimes(completedReport(run));
  await world.reconcile(job);
  expect(await world.job(job)).toMatchObject({ status: "done" });
}

function withoutTimes(report: RunpodReport): RunpodReport {
  return report.kind === "completed" ? { ...report, delayMs: null, executionMs: null } : report;
}

const learn = (world: World) => readTypicalRun(world.services, kind);

test("what RunPod reports is learnt; waking is learnt apart from waiting", async () => {
  const world = await setup({ credits: 60 });
  for (let n = 0; n < 5; n += 1) await runOne(world, { isWoken: false, reportsTimes: true });
  expect(await learn(world)).toEqual({
    wait: { low: 400, high: 400 },
    wake: { low: 60_000, high: 155_000 },
    draw: { low: 4_000, high: 4_000 },
    store: { low: 0, high: 0 },
  });
  for (let n = 0; n < 5; n += 1) await runOne(world, { isWoken: true, reportsTimes: false });
  expect(await learn(world)).toMatchObject({
    wait: { low: 400, high: 400 },
    wake: { low: 7_000, high: 7_000 },
    draw: { low: 3_000, high: 4_000 },
  });
});

test("time to store is counted from the end of drawing, whatever went wrong on the way", async () => {
  const world = await setup({ credits: 60 });
  const { put } = world.store;
  for (let n = 0; n < 5; n += 1) {
    let isFull = true;
    world.store.put = async (...args) => {
      if (isFull) throw new Error("the disk is full");
      await put(...args);
    };
    const job = await world.createJob();
    await world.driveDue();
    const run = world.gpu.runs.at(-1);
    if (run === undefined) throw new Error("nothing was sent");
    run.report = completedReport(run);
    await world.reconcile(job);
    expect(await world.job(job)).toMatchObject({ status: "storing" });
    world.clock.advance(9_000);
    isFull = false;
    await world.reconcile(job);
  }
  expect((await learn(world))?.store).toEqual({ low: 9_000, high: 9_000 });
});
