import { afterEach, beforeEach, expect, test } from "vitest";
import { at, createWorld, type World } from "../testing/create-world.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { jobLeaseRenewV1 } from "./job-lease-renew-v1.ts";
import { jobScheduleV1 } from "./job-schedule-v1.ts";
import { jobWakeV1 } from "./job-wake-v1.ts";
import { jobsClaimDueV1 } from "./jobs-claim-due-v1.ts";

// A database for each test: claiming looks at every job there is.
let database: TestDatabase;
let world: World;
let owner: string;
beforeEach(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  world = createWorld(database.sql);
  owner = await world.owner(1_000);
});
afterEach(() => database.close());

const claim = (leaseOwner: string, change: { limit?: number; now?: Date; jobId?: string } = {}) =>
  jobsClaimDueV1(database.sql, { limit: 10, leaseOwner, leaseMs: 20_000, now: at(0), ...change });

async function dueAt(jobId: string): Promise<unknown> {
  const [row] =
    await database.sql`select due_at, lease_owner, lease_until from jobs where id = ${jobId}`;
  return row;
}

test("due jobs are claimed oldest first, as many as asked for", async () => {
  const jobs: string[] = [];
  for (const ms of [3, 1, 2]) jobs.push(await world.job(owner, { now: at(ms) }));
  const [third, first, second] = jobs;
  expect((await claim("a", { limit: 2, now: at(5) })).map((c) => c.jobId)).toEqual([first, second]);
  expect((await claim("a", { limit: 2, now: at(5) })).map((c) => c.jobId)).toEqual([third]);
  expect(await claim("a", { now: at(5) })).toEqual([]);
});

test("four drivers at once never claim a job twice and leave none", async () => {
  const jobs = await Promise.all(Array.from({ length: 40 }, () => world.job(owner)));
  const rounds = await Promise.all(
    ["a", "b", "c", "d"].map(async (driver) => {
      const mine: string[] = [];
      // Rows another claimer holds are skipped, so one asks until a round finds nothing twice.
      for (let empty = 0; empty < 2;) {
        const claimed = await claim(driver, { limit: 3 });
        empty = claimed.length === 0 ? empty + 1 : 0;
        mine.push(...claimed.map((c) => c.jobId));
      }
      return mine;
    }),
  );
  expect(rounds.flat().sort()).toEqual([...jobs].sort());
});

test("a lapsed lease is free, and its old holder finds out", async () => {
  const { sql } = database;
  const jobId = await world.job(owner);
  await claim("a");
  const renew = (leaseOwner: string, now: Date) =>
    jobLeaseRenewV1(sql, { jobId, leaseOwner, leaseMs: 20_000, now });

  expect(await renew("a", at(5_000))).toBe(true);
  expect(await claim("b", { now: at(24_999) })).toEqual([]);
  expect(await claim("b", { now: at(25_000) })).toEqual([{ jobId, wakes: 0 }]);
  expect(await renew("a", at(25_001))).toBe(false);
  await jobScheduleV1(sql, { jobId, leaseOwner: "a", wakesSeen: 0, dueAt: at(1), now: at(25_001) });
  expect(await dueAt(jobId)).toMatchObject({ lease_owner: "b", lease_until: at(45_000) });
});

test("one job is claimed by its id only when due and free", async () => {
  const { sql } = database;
  const jobId = await world.job(owner);
  const other = await world.job(owner);
  expect(await claim("a", { jobId, now: at(-1) })).toEqual([]);
  expect(await claim("a", { jobId })).toEqual([{ jobId, wakes: 0 }]);
  expect(await claim("b", { jobId })).toEqual([]);
  await jobScheduleV1(sql, { jobId, leaseOwner: "a", wakesSeen: 0, dueAt: null, now: at(0) });
  expect(await claim("b", { jobId, now: at(1_000) })).toEqual([]);
  expect(await claim("b", { now: at(1_000) })).toEqual([{ jobId: other, wakes: 0 }]);
});

test("scheduling ends the lease and says when to look again", async () => {
  const { sql } = database;
  const jobId = await world.job(owner);
  await claim("a");
  await jobScheduleV1(sql, { jobId, leaseOwner: "a", wakesSeen: 0, dueAt: at(5_000), now: at(1) });
  expect(await dueAt(jobId)).toEqual({ due_at: at(5_000), lease_owner: null, lease_until: null });
  expect(await claim("a", { now: at(4_999) })).toEqual([]);
  expect(await claim("a", { now: at(5_000) })).toHaveLength(1);
});

test("a doorbell that rings while a driver works makes the job due again at once", async () => {
  const { sql } = database;
  const jobId = await world.job(owner);
  const [claimed] = await claim("a");
  await jobWakeV1(sql, { jobId, now: at(1) });
  expect(await claim("b", { now: at(1) })).toEqual([]);
  const wakesSeen = claimed?.wakes ?? -1;
  await jobScheduleV1(sql, { jobId, leaseOwner: "a", wakesSeen, dueAt: null, now: at(2) });
  expect(await claim("b", { now: at(2) })).toEqual([{ jobId, wakes: 1 }]);
});

test("a claim waits for nobody: a job in another's transaction is skipped", async () => {
  const { sql } = database;
  const busy = await world.job(owner);
  const free = await world.job(owner);
  await sql.begin(async (tx) => {
    await tx`select 1 from jobs where id = ${busy} for no key update`;
    expect(await claim("a")).toEqual([{ jobId: free, wakes: 0 }]);
  });
  expect(await claim("a")).toEqual([{ jobId: busy, wakes: 0 }]);
});
