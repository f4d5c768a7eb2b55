import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { at, START, type World } from "../testing/create-world.ts";
import { refusal } from "../testing/refusal.ts";
import { testWorld } from "../testing/test-world.ts";
import { attemptApplyV1 } from "./attempt-apply-v1.ts";
import { attemptIntendV2 } from "./attempt-intend-v2.ts";
import { attemptWakeV1 } from "./attempt-wake-v1.ts";

let sql: Sql;
let world: World;
testWorld({ poolSize: 16 }, (parts) => void ({ sql, world } = parts));

test("the first intent takes a try, starts the deadline and is an event", async () => {
  const owner = await world.owner(10);
  const jobId = await world.job(owner);
  const outcome = await attemptIntendV2(
    sql,
    world.intent(jobId, { now: at(5), deadlineAt: at(900_005) }),
  );
  expect(outcome).toEqual({ outcome: "intended", ownerId: owner, seq: 2, n: 1 });
  const [job] =
    await sql`select stage, tries, first_intent_at, deadline_at from jobs where id = ${jobId}`;
  expect(job).toEqual({
    stage: "submitting",
    tries: 1,
    first_intent_at: at(5),
    deadline_at: at(900_005),
  });
});

test("a later intent keeps the first deadline and takes the next number", async () => {
  const jobId = await world.job(await world.owner(10));
  const first = await world.attempt(jobId, { now: at(5), deadlineAt: at(900_005) });
  await attemptApplyV1(sql, {
    attemptId: first,
    from: ["intent"],
    to: "dead",
    now: at(6),
    patch: { deadReason: "refused" },
  });
  const second = await attemptIntendV2(
    sql,
    world.intent(jobId, { now: at(7), deadlineAt: at(900_007) }),
  );
  expect(second).toMatchObject({ outcome: "intended", n: 2 });
  const [job] = await sql`select tries, first_intent_at, deadline_at from jobs where id = ${jobId}`;
  expect(job).toEqual({ tries: 2, first_intent_at: at(5), deadline_at: at(900_005) });
});

test("a job that is not ready gets no intent: live attempt, tries used, too late, wish, running, unknown", async () => {
  const owner = await world.owner(100);
  const withLive = await world.job(owner);
  await world.attempt(withLive);
  const wished = await world.job(owner);
  await world.apply(wished, {
    event: "cancelRequested",
    from: ["queued"],
    to: null,
    facts: { cancelRequested: true },
  });
  const running = await world.job(owner);
  await world.apply(running, { event: "started", from: ["queued"], to: "running" });
  const plain = await world.job(owner);

  const requests = [
    world.intent(withLive),
    world.intent(wished),
    world.intent(running),
    world.intent(plain, { maxTries: 0 }),
    world.intent(plain, { now: at(86_400_000) }),
    world.intent(world.id()),
  ];
  for (const request of requests) {
    expect(await attemptIntendV2(sql, request)).toEqual({ outcome: "not-ready" });
  }
  expect(await attemptIntendV2(sql, world.intent(plain))).toMatchObject({ outcome: "intended" });
});

test("after a finished attempt no other begins, even if the job were queued again", async () => {
  const jobId = await world.job(await world.owner(10));
  const attempt = await world.attempt(jobId);
  const base = { attemptId: attempt, now: START };
  await attemptApplyV1(sql, {
    ...base,
    from: ["intent"],
    to: "submitted",
    patch: { runpodJobId: attempt },
  });
  await attemptApplyV1(sql, { ...base, from: ["submitted"], to: "finished", patch: {} });
  expect(await attemptIntendV2(sql, world.intent(jobId))).toEqual({ outcome: "not-ready" });
});

test("32 drivers at once never take more than the slots, and each job at most one", async () => {
  const backend = "runpod:slots";
  // An owner each: his lock must not be what keeps them apart.
  const jobs = await Promise.all(
    Array.from({ length: 8 }, async () => world.job(await world.owner(10), { backend })),
  );

  const outcomes = await Promise.all(
    Array.from({ length: 32 }, (_, i) =>
      attemptIntendV2(sql, world.intent(jobs[i % 8] ?? "", { maxInFlight: 3 })),
    ),
  );

  expect(outcomes.filter((o) => o.outcome === "intended")).toHaveLength(3);
  const rows = await sql`select job_id from attempts where backend = ${backend}`;
  expect(new Set(rows.map((row) => String(row["job_id"]))).size).toBe(3);
});

test("whoever counts the slots waits for an intent that is not committed yet", async () => {
  const backend = "runpod:uncommitted";
  const first = await world.job(await world.owner(10), { backend });
  const second = await world.job(await world.owner(10), { backend });
  const { later } = await sql.begin(async (tx) => {
    await attemptIntendV2(tx, world.intent(first, { maxInFlight: 1 }));
    let answered = false;
    const waiting = attemptIntendV2(sql, world.intent(second, { maxInFlight: 1 })).finally(() => {
      answered = true;
    });
    const isWaiting = async () =>
      (await sql`select 1 from pg_locks where locktype = 'advisory' and not granted`).length > 0;
    while (!answered && !(await isWaiting()));
    // In an object, so that leaving the transaction does not wait for it.
    return { later: { outcome: waiting } };
  });
  expect(await later.outcome).toEqual({ outcome: "no-slot" });
});

test("an unknown attempt keeps its slot while its job lives and gives it back when the job ends", async () => {
  const backend = "runpod:unknown";
  const owner = await world.owner(100);
  const first = await world.job(owner, { backend });
  const second = await world.job(owner, { backend });
  const attempt = await world.attempt(first);
  await attemptApplyV1(sql, {
    attemptId: attempt,
    from: ["intent"],
    to: "unknown",
    now: START,
    patch: {},
  });

  expect(await attemptIntendV2(sql, world.intent(second, { maxInFlight: 1 }))).toEqual({
    outcome: "no-slot",
  });
  await world.cancel(first);
  expect(await attemptIntendV2(sql, world.intent(second, { maxInFlight: 1 }))).toMatchObject({
    outcome: "intended",
  });
});

test("a submitted attempt keeps its slot after its job ended", async () => {
  const backend = "runpod:submitted";
  const owner = await world.owner(100);
  const first = await world.job(owner, { backend });
  const second = await world.job(owner, { backend });
  const attemptId = await world.attempt(first);
  const patch = { runpodJobId: `run-${attemptId}` };
  await attemptApplyV1(sql, { attemptId, from: ["intent"], to: "submitted", now: START, patch });
  await world.cancel(first);
  expect(await attemptIntendV2(sql, world.intent(second, { maxInFlight: 1 }))).toEqual({
    outcome: "no-slot",
  });
});

test("slots of two backends are counted apart", async () => {
  const owner = await world.owner(100);
  for (const backend of ["runpod:one", "runpod:two"]) {
    const job = await world.job(owner, { backend });
    const outcome = await attemptIntendV2(sql, world.intent(job, { maxInFlight: 1 }));
    expect(outcome).toMatchObject({ outcome: "intended" });
  }
});

test("a late acceptance for an ended job stores the id without an event, and sets when to look again", async () => {
  const owner = await world.owner(10);
  const jobId = await world.job(owner);
  const attemptId = await world.attempt(jobId);
  await world.cancel(jobId);
  const late = {
    attemptId,
    from: ["intent", "unknown"],
    to: "submitted",
    now: at(9),
    patch: { runpodJobId: "run-late", submittedAt: at(9) },
  } as const;

  expect(await attemptApplyV1(sql, { ...late, jobDueAt: at(10) })).toBe(true);
  expect(await attemptApplyV1(sql, { ...late, jobDueAt: at(11) })).toBe(false);
  const [row] = await sql`
    select a.state, a.runpod_job_id, a.submitted_at, j.due_at, j.last_seq::int from attempts a
    join jobs j on j.id = a.job_id where a.id = ${attemptId}`;
  expect(row).toEqual({
    state: "submitted",
    runpod_job_id: "run-late",
    submitted_at: at(9),
    due_at: at(10),
    last_seq: 3,
  });

  const dead = { attemptId, from: ["submitted"], to: "dead", now: at(12) } as const;
  await attemptApplyV1(sql, { ...dead, patch: { deadReason: "cancelled" }, jobDueAt: null });
  expect([...(await sql`select due_at from jobs where id = ${jobId}`)]).toEqual([{ due_at: null }]);
  expect(await attemptApplyV1(sql, { ...dead, patch: { deadReason: "gone" } })).toBe(false);
  expect(await attemptApplyV1(sql, { ...dead, attemptId: world.id(), patch: {} })).toBe(false);
});

test("nobody declares an unanswered attempt dead by time before its time", async () => {
  const jobId = await world.job(await world.owner(10));
  const attemptId = await world.attempt(jobId, { deadAfter: at(700_000) });
  const dead = { attemptId, from: ["intent"], to: "dead", patch: { deadReason: "ttl" } } as const;
  expect(await refusal(attemptApplyV1(sql, { ...dead, now: at(699_999) }))).toBe(
    "attempts_ttl_passed",
  );
  expect(await attemptApplyV1(sql, { ...dead, now: at(700_000) })).toBe(true);
});

test("a webhook's token wakes the job of a live attempt only", async () => {
  const jobId = await world.job(await world.owner(10));
  const attemptId = await world.attempt(jobId, { tokenSha256: "the-token" });
  const ring = (tokenSha256: string, now: Date) => attemptWakeV1(sql, { tokenSha256, now });

  expect(await ring("another-token", at(1))).toBeNull();
  expect(await ring("the-token", at(2))).toEqual({ jobId, attemptId, hasRunpodJobId: false });
  const dead = { attemptId, from: ["intent"], to: "dead", now: at(3) } as const;
  await attemptApplyV1(sql, { ...dead, patch: { deadReason: "gone" } });
  expect(await ring("the-token", at(4))).toMatchObject({ jobId });
  const [job] = await sql`select wakes, due_at from jobs where id = ${jobId}`;
  expect(job).toEqual({ wakes: 1, due_at: at(2) });
});
