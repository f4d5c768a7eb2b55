import type { DriveRows } from "@ob/api";
import { setup, type World } from "@ob/api/testing";
import { expect, test } from "vitest";
import { scheduleNext } from "./schedule-next.ts";

/** The world's rows, whose next `times` schedules find no database. */
function failing(world: World, times: number, onFailure: () => void = () => {}): DriveRows {
  const { rows } = world.services;
  let left = times;
  return {
    ...rows,
    async schedule(next) {
      if (left > 0) {
        left -= 1;
        onFailure();
        throw new Error("the database is away");
      }
      await rows.schedule(next);
    },
  };
}

async function claimedJob(world: World) {
  const job = await world.createJob();
  const leaseOwner = "replica:1";
  const { leaseMs } = world.services.gpuSettings;
  const claim = { limit: 1, leaseOwner, leaseMs, now: world.clock.now() };
  const [claimed] = await world.services.rows.claimDue(claim);
  if (claimed === undefined) throw new Error("nothing was claimed");
  const heldUntil = new Date(world.clock.now().getTime() + leaseMs);
  const lease = {
    lost: new AbortController().signal,
    heldUntil: () => heldUntil,
    release: async () => {},
  };
  const next = { jobId: job.id, leaseOwner, wakesSeen: claimed.wakes, dueAt: world.clock.now() };
  return { lease, next };
}

test("a job is free and due as soon as the database is back, long before its lease lapses", async () => {
  const world = await setup();
  const { lease, next } = await claimedJob(world);
  expect(await world.driveDue()).toBe(0);
  const services = { ...world.services, rows: failing(world, 2) };
  await scheduleNext(services, next, { lease, stopping: () => false });
  world.gpu.script("bad-request");
  expect(await world.driveDue()).toBe(1);
});

test("what cannot be written before the lease is over, or the process ends, is left to the lapse", async () => {
  const world = await setup();
  const { lease, next } = await claimedJob(world);
  const away = { ...world.services, rows: failing(world, 1) };
  await expect(scheduleNext(away, next, { lease, stopping: () => true })).rejects.toThrow("away");
  const lapse = () => world.clock.advance(world.services.gpuSettings.leaseMs);
  const lapsing = { ...world.services, rows: failing(world, Infinity, lapse) };
  await expect(scheduleNext(lapsing, next, { lease, stopping: () => false })).rejects.toThrow(
    "away",
  );
  world.gpu.script("bad-request");
  expect(await world.driveDue()).toBe(1);
});
