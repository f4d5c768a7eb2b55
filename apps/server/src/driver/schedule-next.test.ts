import { jobsClaimDueV1 } from "@ob/db";
import { setup, type World } from "@ob/api/testing";
import { expect, test } from "vitest";
import { scheduleNext } from "./schedule-next.ts";

/** The world's client, whose next `times` statements find no database. */
function failing(world: World, times: number, onFailure: () => void = () => {}) {
  let left = times;
  return new Proxy(world.services.sql, {
    apply: async (target, self, args) => {
      if (left > 0) {
        left -= 1;
        onFailure();
        throw new Error("the database is away");
      }
      const answer: unknown = Reflect.apply(target, self, args);
      return answer;
    },
  });
}

async function claimedJob(world: World) {
  const job = await world.createJob();
  const leaseOwner = "replica:1";
  const { leaseMs } = world.services.gpuSettings;
  const claim = { limit: 1, leaseOwner, leaseMs, now: world.clock.now() };
  const [claimed] = await jobsClaimDueV1(world.sql, claim);
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
  const services = { ...world.services, sql: failing(world, 2) };
  await scheduleNext(services, next, { lease, stopping: () => false });
  world.gpu.script("bad-request");
  expect(await world.driveDue()).toBe(1);
});

test("what cannot be written before the lease is over, or the process ends, is left to the lapse", async () => {
  const world = await setup();
  const { lease, next } = await claimedJob(world);
  const away = { ...world.services, sql: failing(world, 1) };
  await expect(scheduleNext(away, next, { lease, stopping: () => true })).rejects.toThrow("away");
  const lapse = () => world.clock.advance(world.services.gpuSettings.leaseMs);
  const lapsing = { ...world.services, sql: failing(world, Infinity, lapse) };
  await expect(scheduleNext(lapsing, next, { lease, stopping: () => false })).rejects.toThrow(
    "away",
  );
  world.gpu.script("bad-request");
  expect(await world.driveDue()).toBe(1);
});
