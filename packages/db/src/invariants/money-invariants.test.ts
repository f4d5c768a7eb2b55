import { afterEach, beforeEach, expect, test } from "vitest";
import { createWorld, START, type World } from "../testing/create-world.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { findBroken, plant as plantInto } from "../testing/break-invariants.ts";
import { checkInvariants, type InvariantCheck } from "./check-invariants.ts";

// A checker that finds nothing proves nothing, so each rule is broken here on purpose, with the
// database's own defences switched off.

let database: TestDatabase;
let world: World;
let owner: string;
let queued: string;
let done: { jobId: string; attemptId: string };
beforeEach(async () => {
  database = await createTestDatabase({ checkInvariants: false });
  world = createWorld(database.sql);
  owner = await world.owner(20);
  queued = await world.job(owner);
  done = await world.doneJob(owner);
  await world.cancel(await world.job(owner));
});
afterEach(() => database.close());

const plant = (...statements: string[]) => plantInto(database.sql, ...statements);
const broken = (check: Partial<InvariantCheck> = {}) => findBroken(database.sql, check);

test("a lawful history breaks nothing, and every rule but the simulator's is asked", async () => {
  const reports = await checkInvariants(database.sql, { now: START });
  expect(reports.map((r) => r.invariant)).toEqual([1, 2, 3, 4, 5, 6, 7, 9, 10, 11]);
  expect(await broken()).toEqual({});
});

test("1: a balance that its transfers do not explain", async () => {
  await plant(`update credit_balances set amount = amount + 1
    where owner_id = '${owner}' and account = 'available'`);
  const found = await broken();
  expect(found[1]).toEqual([
    expect.objectContaining({
      owner_id: owner,
      account: "available",
      balance: "15",
      from_transfers: "14",
    }),
    expect.objectContaining({ problem: "sum of all accounts is not zero" }),
  ]);
});

test("1: a transfer no balance shows, and a balance that is missing or below zero", async () => {
  await plant(`insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
    available_after, reason, created_at)
    values ('${world.id()}', '${owner}', 'purchase', 5, 'payments', 'available', 19, 'welcome', now())`);
  expect((await broken())[1]).toContainEqual(
    expect.objectContaining({ from_transfers: "19", balance: "14" }),
  );
  await plant(`delete from credit_balances where owner_id = '${owner}' and account = 'debt'`);
  expect((await broken())[1]).toContainEqual(
    expect.objectContaining({ account: "debt", balance: null }),
  );
  await plant(
    "alter table credit_balances drop constraint credit_balances_not_negative",
    `update credit_balances set amount = -2 where owner_id = '${owner}' and account = 'held'`,
  );
  expect((await broken())[1]).toContainEqual(
    expect.objectContaining({ account: "held", balance: "-2" }),
  );
});

test("2: held credits without an open job, and an open job without held credits", async () => {
  await plant(`update jobs set credits = 2 where id = '${queued}'`);
  expect((await broken())[2]).toEqual([{ owner_id: owner, held: "3", open_prices: "2" }]);
  await plant(`delete from credit_balances where account = 'held'`);
  expect((await broken())[2]).toEqual([{ owner_id: owner, held: null, open_prices: "2" }]);
});

test("3: an ended job without settlement, an open one with, and one without hold", async () => {
  await plant(`delete from credit_transfers where job_id = '${done.jobId}' and kind = 'capture'`);
  expect((await broken())[3]).toEqual([
    expect.objectContaining({ job_id: done.jobId, captures: "0" }),
  ]);
  await plant(`insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
    available_after, job_id, reason, created_at)
    values ('${world.id()}', '${owner}', 'release', 3, 'held', 'available', 0, '${queued}', 'job', now())`);
  expect((await broken())[3]).toContainEqual(
    expect.objectContaining({ job_id: queued, releases: "1" }),
  );
  await plant(`delete from credit_transfers where job_id = '${queued}'`);
  expect((await broken())[3]).toContainEqual(
    expect.objectContaining({ job_id: queued, holds: "0" }),
  );
});

test("3: both settlements, and one of another amount", async () => {
  await plant("drop index credit_transfers_one_settlement");
  await plant(`insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
    available_after, job_id, reason, created_at)
    values ('${world.id()}', '${owner}', 'release', 3, 'held', 'available', 0, '${done.jobId}', 'job', now())`);
  expect((await broken())[3]).toEqual([
    expect.objectContaining({ job_id: done.jobId, captures: "1", releases: "1" }),
  ]);
  await plant(`delete from credit_transfers where job_id = '${done.jobId}' and kind = 'release'`);
  expect((await broken())[3]).toBeUndefined();
  await plant(
    `update credit_transfers set amount = 2 where job_id = '${done.jobId}' and kind = 'capture'`,
  );
  expect((await broken())[3]).toEqual([expect.objectContaining({ job_id: done.jobId })]);
});

test("4: done without result, a result without done, and done without capture", async () => {
  await plant(`delete from results`);
  expect((await broken())[4]).toEqual([
    { job_id: done.jobId, status: "done", captured: true, has_result: false },
  ]);
  await plant(`insert into results values ('${queued}', '${done.attemptId}', 'a', 'b', 'c', 'image/png', 1, 1, 1,
    '{}', now())`);
  expect((await broken())[4]).toContainEqual(
    expect.objectContaining({ job_id: queued, has_result: true, captured: false }),
  );
  await plant(`delete from credit_transfers where kind = 'capture'`);
  expect((await broken())[4]).toContainEqual(
    expect.objectContaining({ job_id: done.jobId, captured: false }),
  );
});

test("4: an object that is missing or other than promised, unless it was erased", async () => {
  const asked: string[] = [];
  const objectSha256 = async (sha256: string | null) => (key: string) => {
    asked.push(key);
    return Promise.resolve(sha256);
  };
  expect(await broken({ objectSha256: await objectSha256("f".repeat(64)) })).toEqual({});
  expect(asked).toEqual([`results/${done.jobId}.png`]);
  for (const found of [null, "0".repeat(64)]) {
    const violations = (await broken({ objectSha256: await objectSha256(found) }))[4];
    expect(violations).toEqual([expect.objectContaining({ job_id: done.jobId, found })]);
  }
  // Erased while it is asked: its object goes after the snapshot was taken.
  const goesMeanwhile = async () => {
    await plant(`update results set erased_at = now()`);
    return null;
  };
  expect(await broken({ objectSha256: goesMeanwhile })).toEqual({});
  expect(await broken({ objectSha256: await objectSha256(null) })).toEqual({});
});
