import { describe, expect, test } from "vitest";
import type { Sql } from "../client.ts";
import type { JobStatus } from "../schema/jobs.ts";
import { at, type World } from "../testing/create-world.ts";
import { testWorld } from "../testing/test-world.ts";

let sql: Sql;
let world: World;
testWorld({}, (parts) => void ({ sql, world } = parts));

const OPEN: readonly JobStatus[] = ["queued", "running"];

const oneJob = async () => ({ job: await world.job(await world.owner(10)) });

async function lastEvent(job: string) {
  const [row] = await sql`
    select event, stage, progress from job_events where job_id = ${job} order by seq desc limit 1`;
  return row;
}

describe("progress", () => {
  const progressed = (job: string, progress: number | null) =>
    world.apply(job, { event: "progressed", from: OPEN, to: "running", facts: { progress } });

  test("never goes backwards while running", async () => {
    const { job } = await oneJob();
    const seen: (number | null | undefined)[] = [];
    for (const progress of [null, 0.25, 0.125, null, 0.5]) {
      seen.push((await progressed(job, progress))?.job.progress);
    }
    expect(seen).toEqual([null, 0.25, 0.25, 0.25, 0.5]);
  });

  test("becomes unknown when the attempt died, and begins anew", async () => {
    const { job } = await oneJob();
    await progressed(job, 0.75);
    const died = await world.apply(job, { event: "died", from: OPEN, to: "queued" });
    expect(died).toMatchObject({ job: { status: "queued", stage: "waiting", progress: null } });
    expect(await lastEvent(job)).toMatchObject({ event: "died", stage: "waiting", progress: null });
    expect(await progressed(job, 0.25)).toMatchObject({ job: { progress: 0.25 } });
  });
});

describe("the wish to cancel", () => {
  const wish = (job: string, now: Date) =>
    world.apply(job, {
      event: "cancelRequested",
      from: OPEN,
      to: null,
      now,
      facts: { cancelRequested: true, dueAt: now },
    });

  test("keeps its first moment, the status, and rings the doorbell", async () => {
    const { job } = await oneJob();
    const first = await wish(job, at(1));
    expect(first).toMatchObject({
      job: { status: "queued", stage: "waiting", wakes: 1, dueAt: at(1) },
    });
    expect(await wish(job, at(2))).toMatchObject({ job: { cancelRequestedAt: at(1), wakes: 2 } });
  });

  test("stands in the way of what must not follow it", async () => {
    const { job } = await oneJob();
    const died = () =>
      world.apply(job, {
        event: "died",
        from: OPEN,
        to: "queued",
        facts: { unlessCancelRequested: true },
      });
    expect(await died()).not.toBeNull();
    await wish(job, at(1));
    expect(await died()).toBeNull();
  });
});
