import { type JobFacts, jobs } from "@ob/db";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { JobStatus } from "../../contract/job.ts";
import {
  JOB_EVENTS,
  type JobEvent,
  type JobTransition,
  nextStatus,
  OPEN_STATUSES,
  TERMINAL_STATUSES,
} from "../../domain/job-lifecycle.ts";
import { completedReport, failureOf, setup, type World } from "../../testing/index.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { applyJobEvent } from "./apply-job-event.ts";
import { cancelJob } from "./cancel-job.ts";

const STATUSES: readonly JobStatus[] = [...OPEN_STATUSES, ...TERMINAL_STATUSES];
const EVENTS = Object.keys(JOB_EVENTS).filter((name): name is JobEvent =>
  Object.hasOwn(JOB_EVENTS, name),
);

/** Brings a new job into a status by the ways of the driver, a run of it submitted. */
async function jobIn(world: World, status: JobStatus): Promise<string> {
  const { id } = await world.createJob();
  await world.reconcile({ id });
  const run = world.gpu.runs.at(-1);
  if (run === undefined) throw new Error("nothing was sent");
  const reach = {
    queued: () => {},
    running: () => {
      run.report = { kind: "running", progress: null };
    },
    storing: () => {
      run.report = completedReport(run);
      world.store.failPuts(2);
    },
    done: () => {
      run.report = completedReport(run);
    },
    failed: () => {
      run.report = { kind: "failed", failure: failureOf("FAILED", "validation") };
    },
    cancelled: () => cancelJob(world.caller, { jobId: id }),
  } satisfies Record<JobStatus, () => unknown>;
  await reach[status]();
  await world.reconcile({ id });
  expect((await world.job({ id })).status).toBe(status);
  return id;
}

/** What the database asks of an event, besides the table: facts that fit the job at hand. */
async function factsOf(world: World, event: JobEvent, jobId: string): Promise<JobFacts> {
  const [attempt] = await world.sql<{ id: string }[]>`
    select id from attempts where job_id = ${jobId} order by n desc limit 1`;
  if (attempt === undefined) throw new Error("there is no attempt");
  const attemptId = attempt.id;
  const died = {
    attempt: { id: attemptId, from: ["submitted"], to: "dead", deadReason: "failed" },
  } as const;
  const png = Buffer.from(`result of ${jobId}`);
  const sha256 = sha256Hex(png);
  const objectKey = `results/test/${sha256}.png`;
  await world.store.put(objectKey, png, "image/png");
  const facts = {
    submitting: {},
    accepted: {},
    waking: {},
    started: {},
    progressed: { progress: 0.5 },
    cancelRequested: { cancelRequested: true },
    died,
    finished: {
      collectBy: new Date(world.clock.now().getTime() + 600_000),
      attempt: { id: attemptId, from: ["submitted"], to: "finished" },
    },
    stored: {
      result: {
        attemptId,
        objectKey,
        previewKey: `${objectKey}.webp`,
        sha256,
        contentType: "image/png",
        bytes: png.byteLength,
        width: 96,
        height: 64,
        fidelity: { comparedPixels: null, changedOutsideMask: null, shiftPx: null, similarity: 1 },
      },
    },
    collectExtended: { collectBy: new Date(Date.UTC(2026, 10, 22, 9)) },
    unusable: { errorCode: "RESULT_UNUSABLE" },
    resultLost: { errorCode: "RESULT_LOST" },
    gaveUp: { errorCode: "GPU_FAILED", ...died },
    cancelled: died,
  } satisfies Record<JobEvent, JobFacts>;
  return facts[event];
}

async function snapshot(world: World, jobId: string) {
  const [job] = await world.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (job === undefined) throw new Error(`job ${jobId} is not there`);
  const counted = await world.sql<{ transfers: number; events: number }[]>`
    select
      (select count(*)::int from credit_transfers where job_id = ${jobId}) as transfers,
      (select count(*)::int from job_events where job_id = ${jobId}) as events`;
  const attempts = [...(await world.sql`select id, state from attempts where job_id = ${jobId}`)];
  return { job, attempts, transfers: counted[0]?.transfers ?? 0, events: counted[0]?.events ?? 0 };
}

type Snapshot = Awaited<ReturnType<typeof snapshot>>;

/** What the table promises of an event that it allows. */
function promised(before: Snapshot, event: JobEvent, to: JobStatus) {
  const transition: JobTransition = JOB_EVENTS[event];
  return {
    status: to,
    stage: transition.stage ?? before.job.stage,
    events: before.events + 1,
    transfers: before.transfers + (transition.credits === null ? 0 : 1),
  };
}

test.each(STATUSES)(
  "from %s the database lets happen what the table says, and nothing else",
  async (status) => {
    const world = await setup({ credits: 200, gpuSettings: { maxInFlight: 100 } });
    for (const event of EVENTS) {
      const jobId = await jobIn(world, status);
      const before = await snapshot(world, jobId);
      const job = await world.job({ id: jobId });
      const facts = await factsOf(world, event, jobId);
      const applied = await applyJobEvent(world.services, event, { job, facts });
      const after = await snapshot(world, jobId);
      const to = nextStatus(status, event);
      if (to === null) {
        expect({ event, applied, after }).toEqual({ event, applied: null, after: before });
      } else {
        const { events, transfers } = after;
        const seen = { status: after.job.status, stage: after.job.stage, events, transfers };
        expect({ event, ...seen }).toEqual({ event, ...promised(before, event, to) });
        expect(applied).toEqual(after.job);
      }
    }
  },
);
