import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import type { JobStatus } from "../schema/jobs.ts";
import { at, result, START, type World } from "../testing/create-world.ts";
import type { TestDatabase } from "../testing/index.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobWakeV1 } from "./job-wake-v1.ts";

let database: TestDatabase;
let sql: Sql;
let world: World;
testWorld({ poolSize: 16 }, (parts) => void ({ database, sql, world } = parts));

const OPEN: readonly JobStatus[] = ["queued", "running"];

async function oneJob() {
  const owner = await world.owner(10);
  return { owner, job: await world.job(owner) };
}

async function lastEvent(job: string) {
  const [row] = await sql`
    select event, seq::int, status, stage, progress, code from job_events where job_id = ${job}
    order by seq desc limit 1`;
  return row;
}

test("a job that goes all the way is charged once and keeps its picture", async () => {
  const { owner, job } = await oneJob();
  const attempt = await world.attempt(job);
  await world.finish(job, attempt);
  const stored = await world.store(job, attempt);

  expect(stored).toMatchObject({
    ownerId: owner,
    seq: 5,
    job: { status: "done", stage: "done", dueAt: null },
  });
  expect(stored?.job.finishedAt).toEqual(START);
  expect(await world.balance(owner)).toEqual({ available: 7, held: 0 });
  const transfers = await sql`
    select kind, amount::int, available_after::int, reason from credit_transfers
    where job_id = ${job} order by ordinal`;
  expect([...transfers]).toEqual([
    { kind: "hold", amount: 3, available_after: 7, reason: "job" },
    { kind: "capture", amount: 3, available_after: 7, reason: "job" },
  ]);
  const [kept] = await sql`select * from results where job_id = ${job}`;
  expect(kept).toMatchObject({
    object_key: result(job, attempt).objectKey,
    bytes: "9",
    created_at: START,
  });
});

test("the row given back is the row Drizzle reads", async () => {
  const { job } = await oneJob();
  const applied = await world.apply(job, { event: "started", from: OPEN, to: "running" });
  const read = await database.db.query.jobs.findFirst({
    where: (jobs, { eq }) => eq(jobs.id, job),
  });
  expect(applied?.job).toEqual(read);
});

test("a failure reported twice releases the credits once", async () => {
  const { owner, job } = await oneJob();
  const gaveUp = () =>
    world.apply(job, {
      event: "gaveUp",
      from: OPEN,
      to: "failed",
      credits: "release",
      facts: { errorCode: "GPU_FAILED" },
    });
  expect(await gaveUp()).toMatchObject({ job: { status: "failed", errorCode: "GPU_FAILED" } });
  expect(await gaveUp()).toBeNull();
  expect(await world.balance(owner)).toEqual({ available: 10, held: 0 });
  expect(await lastEvent(job)).toMatchObject({ event: "gaveUp", seq: 2, code: "GPU_FAILED" });
});

test("of 32 concurrent ends exactly one counts", async () => {
  const { owner, job } = await oneJob();
  const ends = await Promise.all(
    Array.from({ length: 32 }, (_, i) =>
      world.apply(job, {
        event: i % 2 === 0 ? "cancelled" : "gaveUp",
        from: OPEN,
        to: i % 2 === 0 ? "cancelled" : "failed",
        credits: "release",
        facts: i % 2 === 0 ? {} : { errorCode: "GPU_TIMEOUT" },
      }),
    ),
  );
  expect(ends.filter((end) => end !== null)).toHaveLength(1);
  expect(await world.balance(owner)).toEqual({ available: 10, held: 0 });
});

test("an unknown job, a status not in from and an attempt in another state change nothing", async () => {
  const { job } = await oneJob();
  const attempt = await world.attempt(job);
  const before =
    await sql`select j.*, a.* from jobs j join attempts a on a.job_id = j.id where j.id = ${job}`;
  const move = { id: attempt, from: ["submitted"], to: "dead", deadReason: "failed" } as const;

  expect(await world.apply(world.id(), { event: "started", from: OPEN, to: "running" })).toBeNull();
  expect(await world.apply(job, { event: "stored", from: ["storing"], to: "done" })).toBeNull();
  const died = { event: "died", from: OPEN, to: "queued" } as const;
  expect(await world.apply(job, { ...died, facts: { attempt: move } })).toBeNull();
  const foreign = await world.attempt((await oneJob()).job);
  const foreignMove = { ...move, id: foreign, from: ["intent"] } as const;
  expect(await world.apply(job, { ...died, facts: { attempt: foreignMove } })).toBeNull();

  const after =
    await sql`select j.*, a.* from jobs j join attempts a on a.job_id = j.id where j.id = ${job}`;
  expect([...after]).toEqual([...before]);
});

test("an end without settlement is an error of the caller and leaves no trace", async () => {
  const { owner, job } = await oneJob();
  const bare = world.apply(job, { event: "cancelled", from: OPEN, to: "cancelled" });
  expect(await refusal(bare)).toBe("jobs_settled");
  expect(await lastEvent(job)).toMatchObject({ event: "created", seq: 1 });
  expect(await world.balance(owner)).toEqual({ available: 7, held: 3 });
});

test("with requireNoLiveAttempt a live attempt refuses, unless this very step ends it", async () => {
  const { job } = await oneJob();
  const attempt = await world.attempt(job);
  const cancelled = {
    event: "cancelled",
    from: OPEN,
    to: "cancelled",
    credits: "release",
  } as const;
  const alone = await world.apply(job, { ...cancelled, facts: { requireNoLiveAttempt: true } });
  expect(alone).toBeNull();
  const together = await world.apply(job, {
    ...cancelled,
    facts: {
      requireNoLiveAttempt: true,
      attempt: { id: attempt, from: ["intent"], to: "dead", deadReason: "never-sent" },
    },
  });
  expect(together).toMatchObject({ job: { status: "cancelled" } });
});

test("a try is given back, and first moments stay", async () => {
  const { job } = await oneJob();
  const attempt = await world.attempt(job);
  const started = (now: Date) =>
    world.apply(job, {
      event: "started",
      from: OPEN,
      to: "running",
      facts: { startedAt: now },
      now,
    });
  await started(at(1));
  expect(await started(at(2))).toMatchObject({
    job: { startedAt: at(1), tries: 1, updatedAt: at(2) },
  });
  const refused = await world.apply(job, {
    event: "died",
    from: OPEN,
    to: "queued",
    facts: {
      giveBackTry: true,
      dueAt: at(4_000),
      attempt: {
        id: attempt,
        from: ["intent"],
        to: "dead",
        deadReason: "refused",
        countsAsTry: false,
        failureMessage: "429",
      },
    },
  });
  expect(refused).toMatchObject({ job: { tries: 0, dueAt: at(4_000), firstIntentAt: START } });
  const [row] = await sql`
    select state, dead_reason, counts_as_try, failure_message, ended_at from attempts where id = ${attempt}`;
  expect(row).toEqual({
    state: "dead",
    dead_reason: "refused",
    counts_as_try: false,
    failure_message: "429",
    ended_at: START,
  });
});

test("an ended job can still be woken, and nothing else of it changes", async () => {
  const { job } = await oneJob();
  await world.cancel(job);
  await jobWakeV1(sql, { jobId: job, now: at(9) });
  const [row] = await sql`select status, due_at, wakes, updated_at from jobs where id = ${job}`;
  expect(row).toEqual({ status: "cancelled", due_at: at(9), wakes: 1, updated_at: START });
});
