import { randomUUID } from "node:crypto";
import { gpuIncidents, noteCollectTrouble } from "@ob/db";
import { expect, test } from "vitest";
import { completedReport, setup, type World } from "../../testing/index.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { getJob } from "../jobs/get-job.ts";
import { jobUpdates } from "../jobs/job-updates.ts";
import { wishCancel } from "../jobs/wish-cancel.ts";
import { createIncidentSink } from "./incident-sink.ts";
import { listIncidents } from "./list-incidents.ts";
import { listOperatorJobs, type OperatorJobsFilter } from "./list-operator-jobs.ts";
import { showIncident } from "./show-incident.ts";
import { showOperatorJob } from "./show-operator-job.ts";
import { sweepIncidents } from "./sweep-incidents.ts";

const HOUR_MS = 60 * 60_000;

function list(world: World, filter: Partial<OperatorJobsFilter> = {}) {
  return listOperatorJobs(world.services, {
    since: new Date(world.clock.now().getTime() - 24 * HOUR_MS),
    status: null,
    trouble: null,
    failedSince: null,
    backend: null,
    ownerId: null,
    cursor: null,
    limit: 50,
    ...filter,
  });
}

const idsOf = async (listed: ReturnType<typeof list>) => (await listed).items.map(({ id }) => id);

test("everybody's jobs come newest first, page by page, by what an operator asks for", async () => {
  const world = await setup({ credits: 30 });
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    ids.unshift((await world.createJob()).id);
    world.clock.advance(1_000);
  }
  const [newest, middle, oldest] = ids;
  await cancelJob(world.caller, { jobId: newest ?? "" });
  expect(await idsOf(list(world))).toEqual(ids);
  const first = await list(world, { limit: 2 });
  expect(first.items.map(({ id }) => id)).toEqual([newest, middle]);
  const second = await list(world, { limit: 2, cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ id: oldest }], nextCursor: null });
  expect(await idsOf(list(world, { status: "cancelled" }))).toEqual([newest]);
  expect(await idsOf(list(world, { backend: "comfyui:elsewhere" }))).toEqual([]);
  expect(await idsOf(list(world, { backend: world.gpu.name }))).toEqual(ids);
  expect(await idsOf(list(world, { ownerId: randomUUID() }))).toEqual([]);
  expect(await idsOf(list(world, { since: world.clock.now() }))).toEqual([]);
  await expect(list(world, { cursor: "not ours" })).rejects.toMatchObject({
    code: "INPUT_INVALID",
  });
  expect(JSON.stringify(await list(world))).not.toContain("เปลี่ยน");
});

test("what is stuck, late or failed is found by name, and nothing else is", async () => {
  const world = await setup({ credits: 30 });
  const stuck = () => list(world, { trouble: "stuck" });
  const storing = await world.createJob();
  world.gpu.script("accept", "drop-answer", "bad-request");
  await world.driveDue();
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  world.store.put = async () => {
    throw new Error("the disk is full");
  };
  run.report = completedReport(run);
  await world.reconcile(storing);
  const unanswered = await world.createJob();
  await world.reconcile(unanswered);
  const failed = await world.createJob();
  await world.reconcile(failed);
  const waiting = await world.createJob();
  expect((await stuck()).items).toMatchObject([
    { id: unanswered.id, troubles: ["unanswered"] },
    {
      id: storing.id,
      troubles: ["storing-fails"],
      storingFailures: 1,
      lastFailure: "Error: the disk is full",
    },
  ]);
  const since = world.clock.now();
  expect(await idsOf(list(world, { failedSince: since }))).toEqual([failed.id]);
  expect(await idsOf(list(world, { trouble: "late" }))).toEqual([]);

  world.clock.advance(61_000);
  expect((await stuck()).items.find(({ id }) => id === waiting.id)?.troubles).toEqual(["overdue"]);
  expect(await idsOf(list(world, { failedSince: world.clock.now() }))).toEqual([]);
  world.clock.advance(HOUR_MS);
  const late = await list(world, { trouble: "late" });
  expect(late.items.map(({ id, troubles }) => [id, troubles.slice(-2)])).toEqual([
    [unanswered.id, ["past-deadline", "attempt-past-death"]],
    [storing.id, ["overdue", "past-deadline"]],
  ]);
  // The driver comes back and ends them all.
  await world.driveDue();
  await world.sql`update jobs set due_at = ${world.clock.now()} where finished_at is null`;
  for (let pass = 0; pass < 4; pass += 1) {
    world.clock.advance(120_000);
    await world.driveDue();
  }
});

test("a job's whole life is shown with the time between its moments, and none of its words", async () => {
  const world = await setup();
  const job = await world.createJob();
  world.clock.advance(1_000);
  await world.driveDue();
  const [run] = world.gpu.runs;
  if (run === undefined) throw new Error("nothing was sent");
  world.clock.advance(2_000);
  run.report = { kind: "running", progress: { value: 1, max: 4 } };
  await world.reconcile(job);
  world.clock.advance(4_000);
  const sink = createIncidentSink({ sql: world.sql, log: world.services.log, newId: randomUUID });
  sink.record({
    backend: world.gpu.name,
    operation: "report",
    filePrefix: null,
    runpodJobId: run.id,
    request: { method: "GET", url: "https://x.example/", headers: {}, body: null, encoded: null },
    response: null,
    networkError: "ECONNRESET",
    startedAt: world.clock.now(),
    headMs: null,
    totalMs: 7,
    checks: [],
    cause: "connection-lost",
  });
  await sink.settle();
  await noteCollectTrouble(world.sql, { jobId: job.id, message: "full", now: world.clock.now() });
  run.report = completedReport(run);
  await world.reconcile(job);
  expect((await showOperatorJob(world.services, job.id))?.timeline.at(-1)?.at).toBeNull();
  world.clock.advance(9_000);
  await getJob(world.caller, { jobId: job.id });
  await world.services.sightings.settle();

  const shown = await showOperatorJob(world.services, job.id);
  const spans = shown?.timeline.map((entry) => [entry.moment, entry.sincePreviousMs]);
  expect(spans).toEqual([
    ["created", null],
    ["intended", 1_000],
    ["sent", 0],
    ["submitted", 0],
    ["started", 2_000],
    ["finished", 4_000],
    ["stored", 0],
    ["seen", 9_000],
  ]);
  expect(shown?.timeline.at(-1)?.sinceCreatedMs).toBe(16_000);
  expect(shown).toMatchObject({
    gpu: { delayMs: 400, executionMs: 4_000 },
    next: { says: "It has ended; nothing more happens.", dueAt: null },
    attempts: [{ n: 1, state: "finished", runpodJobId: run.id }],
    transfers: [{ kind: "hold" }, { kind: "capture" }],
    result: { objectKey: expect.stringMatching(/^results\//) },
    collectTrouble: { failures: 1 },
    incidents: [{ cause: "connection-lost", operation: "report" }],
    retriedBy: [],
  });
  expect(shown?.events.map(({ event }) => event)).toEqual([
    "created",
    "submitting",
    "accepted",
    "started",
    "finished",
    "stored",
  ]);
  const text = JSON.stringify(shown);
  expect(text).not.toContain("เปลี่ยน");
  expect(text).not.toMatch(/promptEn|tokenSha256/);
  const [incident] = await listIncidents(world.services, {
    since: new Date(job.createdAt),
    cause: null,
    backend: null,
    limit: 10,
  });
  expect(incident).toMatchObject({ status: null, networkError: "ECONNRESET" });
  expect(await showIncident(world.services, incident?.id ?? "")).toMatchObject({
    jobIds: [job.id],
    exchange: { totalMs: 7 },
  });
  expect(await showIncident(world.services, randomUUID())).toBeNull();
  expect(await showOperatorJob(world.services, randomUUID())).toBeNull();
});

test("a stream that shows a job's end counts as sight of it, one that shows its beginning does not", async () => {
  const world = await setup();
  const job = await world.createJob();
  const watch = () => jobUpdates(world.caller, { jobId: job.id }, new AbortController().signal);
  const sightings = async () => {
    await world.services.sightings.settle();
    return world.sql`select from job_sightings`;
  };
  const begun = watch();
  expect((await begun.next()).done).toBe(false);
  await begun.return(undefined);
  expect(await sightings()).toHaveLength(0);
  await wishCancel(world.services, { jobId: job.id, ownerId: world.caller.ownerId });
  const shown = [];
  for await (const [, update] of watch()) shown.push(update.status);
  expect(shown).toEqual(["cancelled"]);
  expect(await sightings()).toHaveLength(1);
});

test("incidents are kept for thirty days, and only so many", async () => {
  const world = await setup();
  const day = 24 * HOUR_MS;
  const row = (age: number) => {
    const at = new Date(world.clock.now().getTime() - age);
    return {
      id: randomUUID(),
      backend: "runpod:test",
      operation: "submit" as const,
      cause: "unauthorized",
      minute: at,
      firstAt: at,
      lastAt: at,
      occurrences: 1,
      attemptIds: [],
      exchange: {},
    };
  };
  const rows = [row(0), row(day), row(2 * day), row(29 * day), row(31 * day)];
  await world.db.insert(gpuIncidents).values(rows);
  const left = async () => (await world.db.select().from(gpuIncidents)).length;
  await sweepIncidents(world.services);
  expect(await left()).toBe(4);
  await sweepIncidents(world.services, { maxKept: 3 });
  const kept = await world.db.select().from(gpuIncidents);
  expect(kept.map(({ id }) => id).toSorted()).toEqual(
    rows
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
  );
});
