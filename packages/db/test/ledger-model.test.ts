import fc from "fast-check";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type JobCreate, jobCreateV3 } from "../src/hot/job-create-v3.ts";
import type { JobStatus } from "../src/schema/jobs.ts";
import { at, createWorld, result, type World } from "../src/testing/create-world.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/index.ts";

// A ledger of two numbers and a map, against PostgreSQL: whatever is asked, in whatever order and
// however often, both say the same. Closing the database checks the invariants over all of it.

const WELCOME = 12;

/** Databases of their own, so that none runs out of slots or grows slow. */
const databases = Array.from({ length: inject("rounds") }, (_, n) => n + 1);

let database: TestDatabase;
let world: World;
beforeEach(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  world = createWorld(database.sql);
});
afterEach(() => database.close());

/** What the user or the driver may do; `job` picks one of the jobs made so far. */
type Step =
  | { do: "create"; credits: number }
  | { do: "createAgain"; job: number }
  | { do: "start" | "finish" | "store" | "fail" | "cancel" | "spoil"; job: number };

const job = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("create" as const), credits: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant("createAgain" as const), job }),
  fc.record({
    do: fc.constantFrom("start", "finish", "store", "fail", "cancel", "spoil"),
    job,
  }),
);

interface ModelJob {
  request: JobCreate;
  status: JobStatus;
  attemptId: string | null;
}

interface Model {
  available: number;
  held: number;
  jobs: ModelJob[];
  imageAssetId: string;
  ownerId: string;
}

async function newModel(): Promise<Model> {
  const ownerId = await world.owner(WELCOME);
  return {
    available: WELCOME,
    held: 0,
    jobs: [],
    imageAssetId: await world.asset(ownerId),
    ownerId,
  };
}

async function create(model: Model, credits: number): Promise<void> {
  const request = world.jobRequest(model.ownerId, model.imageAssetId, { credits });
  const outcome = await jobCreateV3(database.sql, request);
  if (credits > model.available) {
    expect(outcome).toEqual({ outcome: "insufficient", available: model.available });
    return;
  }
  expect(outcome).toMatchObject({ outcome: "created" });
  model.available -= credits;
  model.held += credits;
  model.jobs.push({ request, status: "queued", attemptId: null });
}

const TRANSITIONS = {
  start: { from: ["queued", "running"], to: "running", credits: null },
  finish: { from: ["queued", "running"], to: "storing", credits: null },
  store: { from: ["storing"], to: "done", credits: "capture" },
  spoil: { from: ["storing"], to: "failed", credits: "release" },
  fail: { from: ["queued", "running"], to: "failed", credits: "release" },
  cancel: { from: ["queued", "running"], to: "cancelled", credits: "release" },
} as const satisfies Record<
  string,
  { from: readonly JobStatus[]; to: JobStatus; credits: "capture" | "release" | null }
>;

async function move(model: Model, event: keyof typeof TRANSITIONS, of: ModelJob): Promise<void> {
  const { from, to, credits } = TRANSITIONS[event];
  const jobId = of.request.jobId;
  if (of.attemptId === null && of.status === "queued") of.attemptId = await world.attempt(jobId);
  const attemptId = of.attemptId ?? world.id();
  const applied = await world.apply(jobId, {
    event,
    from,
    to,
    credits,
    facts: {
      ...(to === "storing" ? { collectBy: at(600_000) } : {}),
      ...(to === "failed" ? { errorCode: "GPU_FAILED" as const } : {}),
      ...(to === "done" ? { result: result(jobId, attemptId) } : {}),
    },
  });
  const accepted = from.some((status) => status === of.status);
  expect(applied !== null).toBe(accepted);
  if (!accepted) return;
  of.status = to;
  if (credits !== null) model.held -= of.request.credits;
  if (credits === "release") model.available += of.request.credits;
}

async function run(model: Model, next: Step): Promise<void> {
  if (next.do === "create") return create(model, next.credits);
  const of = model.jobs[next.job % Math.max(model.jobs.length, 1)];
  if (of === undefined) return;
  if (next.do === "createAgain") {
    const outcome = await jobCreateV3(database.sql, of.request);
    expect(outcome).toMatchObject({ outcome: "replayed" });
    return;
  }
  await move(model, next.do, of);
}

test.each(databases)(
  "whatever is asked in whatever order, the ledger agrees with a model of two numbers (%i)",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25, size: "max" }), async (steps) => {
        const model = await newModel();
        for (const next of steps) {
          await run(model, next);
          expect(await world.balance(model.ownerId)).toEqual({
            available: model.available,
            held: model.held,
          });
        }
      }),
      { numRuns: 60 },
    );
  },
);

test.each(databases)("whatever happens at once, no credit is made or lost (%i)", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 8, maxLength: 24, size: "max" }),
      async (steps) => {
        const { ownerId, imageAssetId } = await newModel();
        const requests = [2, 3, 4].map((credits) =>
          world.jobRequest(ownerId, imageAssetId, { credits }),
        );
        for (const request of requests) await jobCreateV3(database.sql, request);

        await Promise.all(steps.map((next) => runAtOnce(next, ownerId, imageAssetId, requests)));

        const { available = NaN, held = NaN } = await world.balance(ownerId);
        const [spent] = await database.sql<{ captured: number }[]>`
        select coalesce(sum(amount), 0)::int as captured from credit_transfers
        where owner_id = ${ownerId} and kind = 'capture'`;
        expect(available + held + (spent?.captured ?? NaN)).toBe(WELCOME);
        expect(Math.min(available, held)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 30 },
  );
});

async function runAtOnce(
  next: Step,
  ownerId: string,
  imageAssetId: string,
  requests: readonly JobCreate[],
): Promise<void> {
  if (next.do === "create") {
    const { credits } = next;
    await jobCreateV3(database.sql, world.jobRequest(ownerId, imageAssetId, { credits }));
    return;
  }
  const request = requests[next.job % requests.length];
  if (request === undefined) return;
  if (next.do === "createAgain") {
    await jobCreateV3(database.sql, request);
    return;
  }
  // Of a job that was never tried there is nothing to store.
  if (next.do === "store" || next.do === "finish") return;
  await world.apply(request.jobId, {
    event: next.do,
    ...TRANSITIONS[next.do],
    facts: TRANSITIONS[next.do].to === "failed" ? { errorCode: "GPU_FAILED" } : {},
  });
}
