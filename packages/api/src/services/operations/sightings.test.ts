import { jobSightings, openDb } from "@ob/db";
import { expect, test } from "vitest";
import { setup } from "../../testing/index.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { createSightings } from "./sightings.ts";

test("the first look at an ended job is noted once; an open one is not noted, and may be later", async () => {
  const world = await setup();
  const { sql, clock } = world;
  const parts = { sql, log: world.services.log, now: clock.now };
  const job = await world.createJob();
  const first = createSightings(parts);
  first.note(job.id);
  await first.settle();
  expect(await world.db.select().from(jobSightings)).toEqual([]);

  await cancelJob(world.caller, { jobId: job.id });
  const seenAt = clock.now();
  // Another process, and ours again.
  const other = createSightings(parts);
  other.note(job.id);
  other.note(job.id);
  await other.settle();
  clock.advance(5_000);
  const third = createSightings(parts);
  third.note(job.id);
  await third.settle();
  expect(await world.db.select().from(jobSightings)).toEqual([{ jobId: job.id, seenAt }]);
});

test("without a database nothing is thrown, and the next look is noted again", async () => {
  const world = await setup();
  const nowhere = openDb({
    url: "postgres://nobody@127.0.0.1:1/none",
    poolSize: 1,
    applicationName: "test",
  });
  const sightings = createSightings({
    sql: nowhere.sql,
    log: world.services.log,
    now: world.clock.now,
  });
  for (let look = 0; look < 2; look += 1) {
    sightings.note("00000000-0000-4000-8000-000000000001");
    await sightings.settle();
  }
  expect(world.log.filter(({ event }) => event === "sightings.not-written")).toHaveLength(2);
  await nowhere.close(1_000);
});
