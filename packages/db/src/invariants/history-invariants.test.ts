import { afterEach, beforeEach, expect, test } from "vitest";
import { at, createWorld, type World } from "../testing/create-world.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { findBroken, plant as plantInto } from "../testing/break-invariants.ts";
import type { InvariantCheck } from "./check-invariants.ts";

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

test("5: a guard that is disabled or gone", async () => {
  const { sql } = database;
  await sql`alter table credit_transfers disable trigger credit_transfers_append_only`;
  await sql`drop trigger jobs_guard on jobs`;
  expect((await broken())[5]).toEqual([
    expect.objectContaining({ trigger_name: "jobs_guard" }),
    expect.objectContaining({ trigger_name: "credit_transfers_append_only" }),
  ]);
});

test("5: every trigger there is, is watched", async () => {
  const { sql } = database;
  const tables = await sql`
    select c.relname as table_name, t.tgname as trigger_name from pg_trigger t
    join pg_class c on c.oid = t.tgrelid where not t.tgisinternal`;
  for (const row of tables) {
    await sql`alter table ${sql(String(row["table_name"]))} disable trigger ${sql(String(row["trigger_name"]))}`;
  }
  const watched = (await broken())[5]?.map((v) => JSON.stringify(v)) ?? [];
  expect(tables.length).toBeGreaterThan(10);
  expect(watched).toHaveLength(tables.length);
});

test("5: something that happened to a job after its end", async () => {
  await plant(
    `insert into job_events (owner_id, seq, job_id, event, status, stage, created_at)
      values ('${owner}', 99, '${done.jobId}', 'started', 'running', 'drawing', now())`,
  );
  expect((await broken())[5]).toEqual([expect.objectContaining({ job_id: done.jobId, seq: "99" })]);
});

test("6: one request with two jobs, one job of two requests, one outside fact twice, one run twice", async () => {
  await plant(
    "alter table idempotency_keys drop constraint idempotency_keys_owner_id_request_id_pk",
    "drop index idempotency_keys_one_per_job",
    "drop index credit_transfers_external_ref",
    "alter table attempts drop constraint attempts_runpod_job_id_unique",
  );
  await plant(
    `insert into idempotency_keys select owner_id, request_id, 'x', '${done.jobId}', null, now()
      from idempotency_keys where job_id = '${queued}'`,
    `insert into credit_transfers (id, owner_id, kind, amount, debit_account, credit_account,
      available_after, reason, external_ref, created_at)
      select '${world.id()}', owner_id, kind, amount, debit_account, credit_account, available_after,
        reason, external_ref, created_at from credit_transfers where external_ref is not null`,
    `insert into attempts select (jsonb_populate_record(a, jsonb_build_object('id', '${world.id()}',
      'job_id', '${queued}', 'file_prefix', 'x', 'token_sha256', 'y'))).* from attempts a`,
  );
  const found = (await broken())[6];
  const problems = [
    "request with several jobs",
    "job made by several requests",
    "outside fact with several transfers",
    "run bound to several attempts",
  ];
  expect(found).toHaveLength(problems.length);
  for (const problem of problems)
    expect(found).toContainEqual(expect.objectContaining({ problem }));
});

test("7: two live attempts, one begun too early, and a number left out", async () => {
  const attempt = await world.attempt(queued);
  const copy = (n: number, change: string) =>
    `insert into attempts select (jsonb_populate_record(a, jsonb_build_object('id', '${world.id()}', 'n', ${n},
      'file_prefix', '${n}', 'token_sha256', '${n}'${change}))).* from attempts a where id = '${attempt}'`;
  await plant("drop index attempts_one_live", copy(2, ""));
  expect((await broken())[7]).toEqual([
    { problem: "several live attempts", job_id: queued, attempts: [1, 2] },
    { problem: "begun before the earlier one was dead", job_id: queued, attempts: [1, 2] },
  ]);
  await plant(
    `delete from attempts where n = 2`,
    copy(3, ", 'intent_at', now() + interval '1 hour'"),
  );
  await plant(
    `update attempts set state = 'dead', dead_reason = 'gone', ended_at = now() where id = '${attempt}'`,
  );
  expect((await broken())[7]).toEqual([
    { problem: "numbers with a gap", job_id: queued, attempts: [1, 3] },
  ]);
  await plant(
    "alter table attempts drop constraint attempts_ttl_passed",
    `update attempts set dead_reason = 'ttl', ended_at = dead_after - interval '1 second'
      where id = '${attempt}'`,
    `update attempts set n = 2 where n = 3`,
  );
  await plant(`update attempts set intent_at = now() + interval '1 year' where n = 2`);
  expect((await broken())[7]).toEqual([
    { problem: "begun before the earlier one was dead", job_id: queued, attempts: [1, 2] },
  ]);
});

test("9: an event left out, a number given out for nothing, and a job its last event does not show", async () => {
  await plant(`delete from job_events where seq = 2`);
  expect((await broken())[9]).toEqual([
    expect.objectContaining({ owner_id: owner, last_seq: "8", events: "7" }),
  ]);
  await plant(`update owners set last_seq = 7`);
  expect((await broken())[9]).toEqual([
    expect.objectContaining({ owner_id: owner, last_seq: "7", newest: "8" }),
  ]);
  await plant(`update jobs set status = 'running', stage = 'drawing' where id = '${queued}'`);
  expect((await broken())[9]).toContainEqual(
    expect.objectContaining({ job_id: queued, problem: "last event differs from the job" }),
  );
});

test("10: a stranger's picture, money, event, request or earlier job", async () => {
  const stranger = await world.owner(5);
  const foreign = await world.asset(stranger, "mask");
  const foreignJob = await world.job(stranger);
  await plant(
    `update jobs set mask_asset_id = '${foreign}', retry_of = '${foreignJob}' where id = '${queued}'`,
    `update credit_transfers set owner_id = '${stranger}' where job_id = '${queued}'`,
    `update job_events set owner_id = '${stranger}', seq = 50 where job_id = '${queued}'`,
    `update idempotency_keys set owner_id = '${stranger}' where job_id = '${queued}'`,
  );
  const found = (await broken())[10];
  expect(found).toHaveLength(5);
  for (const violation of found ?? []) {
    expect(violation).toMatchObject({ job_id: queued, owner_id: owner, other_owner_id: stranger });
  }
});

test("11: a job that outlives its deadline by two minutes, counted from the server's start", async () => {
  const deadline = 86_400_000;
  expect(await broken({ now: at(deadline + 120_000) })).toEqual({});
  const late = { now: at(deadline + 120_001) };
  expect((await broken(late))[11]).toEqual([
    expect.objectContaining({ job_id: queued, problem: "job outlived its deadline" }),
  ]);
  expect(await broken({ ...late, serverStartedAt: at(deadline + 100_000) })).toEqual({});
});

test("11: an attempt whose answer came late dies so much later", async () => {
  const attempt = await world.attempt(queued, { deadAfter: at(700_000) });
  const submittedAt = at(200_000);
  await database.sql`
    update attempts set state = 'submitted', runpod_job_id = 'late', submitted_at = ${submittedAt}
    where id = ${attempt}`;
  expect(await broken({ now: at(820_001) })).toEqual({});
  const [row] = await database.sql<{ spanMs: number }[]>`
    select (extract(epoch from dead_after - intent_at) * 1000)::int as "spanMs" from attempts
    where id = ${attempt}`;
  const killedFromMs = 200_000 + (row?.spanMs ?? 0);
  expect(await broken({ now: at(killedFromMs + 120_000) })).toEqual({});
  expect((await broken({ now: at(killedFromMs + 120_001) }))[11]).toContainEqual(
    expect.objectContaining({ attempt_id: attempt, problem: "attempt outlived its death" }),
  );
});

test("11: an attempt that outlives its death, and a finished result nobody collects", async () => {
  const attempt = await world.attempt(queued, { deadAfter: at(700_000) });
  expect((await broken({ now: at(820_001) }))[11]).toEqual([
    expect.objectContaining({ attempt_id: attempt, problem: "attempt outlived its death" }),
  ]);
  expect(await broken({ now: at(820_001), serverStartedAt: at(800_000) })).toEqual({});
  await world.finish(queued, attempt);
  expect(await broken({ now: at(600_000) })).toEqual({});
  expect((await broken({ now: at(600_001) }))[11]).toEqual([
    expect.objectContaining({ job_id: queued, problem: "finished result not collected" }),
  ]);
  // An operator gives it more time.
  await database.sql`update jobs set collect_by = ${at(1_500_000)} where id = ${queued}`;
  expect(await broken({ now: at(1_620_000) })).toEqual({});
  expect((await broken({ now: at(1_620_001) }))[11]).toContainEqual(
    expect.objectContaining({ job_id: queued, problem: "finished result not collected" }),
  );
});
