import { expect, test } from "vitest";
import type { Sql } from "../client.ts";
import { START, type World } from "../testing/create-world.ts";
import { testWorld } from "../testing/test-world.ts";
import { jobCreateV3 } from "./job-create-v3.ts";

let sql: Sql;
let world: World;
testWorld({ poolSize: 16 }, (parts) => void ({ sql, world } = parts));

test("creating a job holds its price, writes the first event and answers with its place in the queue", async () => {
  const owner = await world.owner(10);
  const backend = "runpod:queue-place";
  await world.job(owner, { backend });
  const request = world.jobRequest(owner, await world.asset(owner), { backend });

  const outcome = await jobCreateV3(sql, request);

  expect(outcome).toEqual({ outcome: "created", response: expect.any(String), seq: 2 });
  const response = outcome.outcome === "created" ? outcome.response : "";
  expect(JSON.parse(response)).toEqual({ id: request.jobId, status: "queued", queuePosition: 2 });
  expect(await world.balance(owner)).toEqual({ available: 4, held: 6 });
  const rows = await sql`
    select j.status, j.stage, j.due_at, e.event, e.seq, t.kind, t.amount, t.available_after, k.response
    from jobs j join job_events e on e.job_id = j.id join credit_transfers t on t.job_id = j.id
      join idempotency_keys k on k.job_id = j.id
    where j.id = ${request.jobId}`;
  expect([...rows]).toEqual([
    {
      status: "queued",
      stage: "waiting",
      due_at: START,
      event: "created",
      seq: "2",
      kind: "hold",
      amount: "3",
      available_after: "4",
      response,
    },
  ]);
});

test("of 32 concurrent creates for the last credits exactly one wins", async () => {
  const owner = await world.owner(5);
  const image = await world.asset(owner);

  const outcomes = await Promise.all(
    Array.from({ length: 32 }, () => jobCreateV3(sql, world.jobRequest(owner, image))),
  );

  expect(outcomes.filter((o) => o.outcome === "created")).toHaveLength(1);
  expect(outcomes.filter((o) => o.outcome === "insufficient" && o.available === 2)).toHaveLength(
    31,
  );
  expect(await world.balance(owner)).toEqual({ available: 2, held: 3 });
});

test("concurrent calls with one request id make one job and get one answer, byte for byte", async () => {
  const owner = await world.owner(100);
  const image = await world.asset(owner);
  const requestId = world.id();

  const outcomes = await Promise.all(
    Array.from({ length: 16 }, () =>
      jobCreateV3(sql, world.jobRequest(owner, image, { requestId })),
    ),
  );

  const created = outcomes.filter((o) => o.outcome === "created");
  const replayed = outcomes.filter((o) => o.outcome === "replayed");
  expect([created.length, replayed.length]).toEqual([1, 15]);
  expect(new Set([...created, ...replayed].map((o) => o.response)).size).toBe(1);
  expect(await world.balance(owner)).toEqual({ available: 97, held: 3 });
});

test("a request id with another body is refused, also when the credits are gone", async () => {
  const owner = await world.owner(3);
  const image = await world.asset(owner);
  const first = world.jobRequest(owner, image);
  await jobCreateV3(sql, first);

  const { requestId } = first;
  const other = world.jobRequest(owner, image, { requestId, requestHash: "another" });
  expect(await jobCreateV3(sql, other)).toEqual({ outcome: "reused" });
  const same = world.jobRequest(owner, image, { requestId });
  expect(await jobCreateV3(sql, same)).toMatchObject({ outcome: "replayed" });
});

test("request ids of two owners do not meet", async () => {
  const requestId = world.id();
  for (const owner of [await world.owner(3), await world.owner(3)]) {
    const request = world.jobRequest(owner, await world.asset(owner), { requestId });
    expect(await jobCreateV3(sql, request)).toMatchObject({ outcome: "created" });
  }
});

test("a refusal keeps nothing, so the same request may succeed later", async () => {
  const owner = await world.owner(2);
  const image = await world.asset(owner);
  const request = world.jobRequest(owner, image);

  expect(await jobCreateV3(sql, request)).toEqual({ outcome: "insufficient", available: 2 });
  const [count] = await sql`
    select (select count(*) from jobs where owner_id = ${owner})::int as jobs,
      (select count(*) from idempotency_keys where owner_id = ${owner})::int as kept,
      (select last_seq from owners where id = ${owner})::int as seq`;
  expect(count).toEqual({ jobs: 0, kept: 0, seq: 0 });
  expect(await jobCreateV3(sql, { ...request, credits: 2 })).toMatchObject({ outcome: "created" });
});

test("a picture that is a stranger's, erased, unknown or of the other kind is missing", async () => {
  const owner = await world.owner(10);
  const image = await world.asset(owner);
  const mask = await world.asset(owner, "mask");
  const erased = await world.asset(owner);
  await sql`update assets set erased_at = ${START} where id = ${erased}`;
  const foreign = await world.asset(await world.owner(0));

  const requests = [
    world.jobRequest(owner, foreign),
    world.jobRequest(owner, erased),
    world.jobRequest(owner, world.id()),
    world.jobRequest(owner, mask),
    world.jobRequest(owner, image, { maskAssetId: image }),
    world.jobRequest(owner, image, { maskAssetId: foreign }),
  ];
  for (const request of requests) {
    expect(await jobCreateV3(sql, request)).toEqual({ outcome: "asset-missing" });
  }
  const lawful = world.jobRequest(owner, image, { maskAssetId: mask });
  expect(await jobCreateV3(sql, lawful)).toMatchObject({ outcome: "created" });
});

test("an unknown owner is an error, not an outcome", async () => {
  const owner = await world.owner(10);
  const request = world.jobRequest(owner, await world.asset(owner), { ownerId: world.id() });
  await expect(jobCreateV3(sql, request)).rejects.toThrow("does not exist");
});

test("creations are counted in windows, repeats are not, and one too many leaves nothing behind", async () => {
  const owner = await world.owner(100);
  const image = await world.asset(owner);
  const rate = { limit: 2, windowMs: 60_000 };
  const first = world.jobRequest(owner, image, { rate });
  expect(await jobCreateV3(sql, first)).toMatchObject({ outcome: "created" });
  for (let n = 0; n < 3; n += 1) {
    expect(await jobCreateV3(sql, first)).toMatchObject({ outcome: "replayed" });
  }
  const burst = Array.from({ length: 4 }, () =>
    jobCreateV3(sql, world.jobRequest(owner, image, { rate })),
  );
  const outcomes = (await Promise.all(burst)).map(({ outcome }) => outcome).toSorted();
  expect(outcomes).toEqual(["created", "rate-limited", "rate-limited", "rate-limited"]);
  const refused = await jobCreateV3(sql, world.jobRequest(owner, image, { rate }));
  expect(refused).toMatchObject({ outcome: "rate-limited", retryAfterMs: expect.any(Number) });
  const [left] = await sql`select count(*)::int as jobs from jobs where owner_id = ${owner}`;
  expect(left).toEqual({ jobs: 2 });
});
