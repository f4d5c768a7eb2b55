import { setTimeout as pause } from "node:timers/promises";
import { checkInvariants } from "@ob/db";
import { hashStoredObject } from "../../src/commands/hash-stored-object.ts";
import { type ChaosStudio, FIGURES } from "./chaos-studio.ts";
import { type ChaosUser, WELCOME_CREDITS } from "./chaos-user.ts";
import type { SimulatedRun } from "./simulator-process.ts";

/** Something that must never be. */
export interface Violation {
  readonly rule: string;
  /** Null = it is not about one job. */
  readonly jobId: string | null;
  readonly detail: string;
}

/** Longer than any wait the attempt rules allow. */
const DRAIN_WITHIN_MS = FIGURES.deadlineMs + FIGURES.collectWithinMs + 60_000;

/** Waits until nothing is under way any more: no open job, no live attempt, no live run. */
export async function drainStudio(studio: ChaosStudio): Promise<Violation[]> {
  const untilMs = performance.now() + DRAIN_WITHIN_MS;
  for (;;) {
    const open = await openWork(studio);
    if (open.length === 0) return [];
    if (performance.now() > untilMs) return open;
    await pause(250);
  }
}

async function openWork(studio: ChaosStudio): Promise<Violation[]> {
  const sql = studio.database.sql();
  const jobs = await sql<{ id: string; what: string }[]>`
    select id, 'job ' || status as what from jobs where status in ('queued', 'running', 'storing')
    union all
    select job_id, 'attempt ' || state from attempts where state in ('intent', 'submitted', 'unknown')`;
  const live = (await studio.runs()).filter((run) =>
    ["IN_QUEUE", "IN_PROGRESS"].includes(run.status),
  );
  return [
    ...jobs.map(({ id, what }) => ({ rule: "everything ends", jobId: id, detail: what })),
    ...live.map((run) => ({ rule: "no run goes on alone", jobId: null, detail: run.id })),
  ];
}

/** Every rule, asked of the rows, the objects, the GPU side and the users. */
export async function auditStudio(
  studio: ChaosStudio,
  users: readonly ChaosUser[],
): Promise<Violation[]> {
  const rows = await auditRows(studio);
  const runs = await auditRuns(studio);
  const told: Violation[] = [];
  for (const user of users) told.push(...(await auditUser(studio, user)));
  return [...rows, ...runs, ...told];
}

async function auditRows(studio: ChaosStudio): Promise<Violation[]> {
  const reports = await checkInvariants(studio.database.sql(), {
    now: new Date(),
    objectSha256: (key) => hashStoredObject(studio.dataDir, key),
  });
  return reports.flatMap(({ invariant, title, violations }) =>
    violations.map((row) => ({
      rule: `invariant ${invariant}: ${title}`,
      jobId: jobIdIn(row),
      detail: JSON.stringify(row),
    })),
  );
}

function jobIdIn(row: object): string | null {
  const entries: [string, unknown][] = Object.entries(row);
  const found = entries.find(([key]) => key === "jobId" || key === "job_id")?.[1];
  return typeof found === "string" ? found : null;
}

/** Invariant 8 and what belongs to it, by the truth of the GPU side. */
async function auditRuns(studio: ChaosStudio): Promise<Violation[]> {
  const attempts = await studio.database.sql()<{ prefix: string; jobId: string }[]>`
    select file_prefix as prefix, job_id as "jobId" from attempts`;
  const jobOf = new Map(attempts.map(({ prefix, jobId }) => [prefix, jobId]));
  const byJob = new Map<string, SimulatedRun[]>();
  const found: Violation[] = [];
  const sent = new Set<string>();
  for (const run of await studio.runs()) {
    const jobId = jobOf.get(run.filePrefix ?? "") ?? null;
    if (jobId === null) {
      found.push({ rule: "no run without an intent", jobId, detail: run.id });
      continue;
    }
    const prefix = run.filePrefix ?? "";
    if (sent.has(prefix)) found.push({ rule: "an attempt is sent once", jobId, detail: run.id });
    sent.add(prefix);
    byJob.set(jobId, [...(byJob.get(jobId) ?? []), run]);
  }
  for (const [jobId, runs] of byJob) {
    const overlap = findOverlap(runs);
    if (overlap !== null) {
      found.push({ rule: "invariant 8: one live run per job", jobId, detail: overlap });
    }
  }
  return found;
}

/** Two runs that lived at one instant; null = none did. */
export function findOverlap(runs: readonly SimulatedRun[]): string | null {
  const sorted = runs.toSorted((a, b) => a.submittedAtMs - b.submittedAtMs);
  for (const [at, run] of sorted.entries()) {
    const next = sorted[at + 1];
    // One that was deleted without an end lived as long as its time to live.
    const endMs = run.endedAtMs ?? run.submittedAtMs + FIGURES.ttlMs;
    if (next !== undefined && next.submittedAtMs < endMs) {
      return `${run.id} lived until ${endMs}, ${next.id} began at ${next.submittedAtMs}`;
    }
  }
  return null;
}

export const UPLOADS_KEPT = "a confirmed upload is never lost";

/** Its row stands, and its object holds what was confirmed. Nobody erases a picture here. */
async function hasPicture(studio: ChaosStudio, assetId: string): Promise<boolean> {
  const [row] = await studio.database.sql()<{ key: string; sha256: string }[]>`
    select object_key as key, sha256 from assets where id = ${assetId} and erased_at is null`;
  return row !== undefined && (await hashStoredObject(studio.dataDir, row.key)) === row.sha256;
}

/** What he was told is what is so, and his credits are what his own count says. */
async function auditUser(studio: ChaosStudio, user: ChaosUser): Promise<Violation[]> {
  const found: Violation[] = [];
  let spent = 0;
  for (const { jobId, ended } of user.told) {
    const [row] = await studio.database.sql()<{ status: string; credits: number }[]>`
      select status, credits from jobs where id = ${jobId}`;
    if (row?.status === "done") spent += row.credits;
    if (row === undefined) {
      found.push({ rule: "an accepted job is never lost", jobId, detail: "no such row" });
    } else if (ended !== null && row.status !== ended) {
      const detail = `told ${ended}, is ${row.status}`;
      found.push({ rule: "an end is the end", jobId, detail });
    }
  }
  for (const assetId of user.assets) {
    const isKept = await hasPicture(studio, assetId);
    if (!isKept) found.push({ rule: UPLOADS_KEPT, jobId: null, detail: assetId });
  }
  const { available, held } = await user.balance();
  if (available !== WELCOME_CREDITS - spent || held !== 0) {
    const detail = `${available} available, ${held} held, ${spent} spent of ${WELCOME_CREDITS}`;
    found.push({ rule: "every credit is explained", jobId: user.told[0]?.jobId ?? null, detail });
  }
  return found;
}
