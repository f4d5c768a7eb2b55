import { type JobRow, jobs } from "@ob/db";
import { desc, type SQL } from "drizzle-orm";
import type { Job } from "../../contract/job.ts";
import { estimateEta, type TypicalRun } from "../../domain/eta.ts";
import { isTerminal } from "../../domain/job-lifecycle.ts";
import type { CallerContext } from "../context.ts";
import { type JobReading, ownJobs, selectJobs } from "./job-reader.ts";
import { toJobView } from "./job-view.ts";
import { readTypicalRuns, typicalRunKey } from "./read-typical-runs.ts";

/** A job as its owner sees it, with the owner's event number that made it so. */
export interface NumberedJob {
  readonly seq: number;
  readonly job: Job;
}

/** Which of the caller's jobs; erased ones are never among them. */
export interface JobSelection {
  readonly where: SQL | undefined;
  readonly orderBy: readonly SQL[];
  /** Null = all. */
  readonly limit: number | null;
}

/** Reads the caller's own jobs as he sees them, in one statement and so from one moment. */
export async function readJobs(
  ctx: CallerContext,
  selection: JobSelection,
): Promise<NumberedJob[]> {
  const query = selectJobs(ctx.services.db)
    .where(ownJobs(ctx.ownerId, selection.where))
    .orderBy(...selection.orderBy);
  return toNumbered(ctx, await (selection.limit === null ? query : query.limit(selection.limit)));
}

/** Reads one of the caller's jobs; null = none of his, or erased. */
export async function readJob(ctx: CallerContext, jobId: string): Promise<NumberedJob | null> {
  const { ownerId, services } = ctx;
  const found = await toNumbered(ctx, await services.jobReader.byId({ ownerId, jobId }));
  return found[0] ?? null;
}

/** Reads those of these jobs that are the caller's, in the order of their newest events. */
export async function readJobsOfIds(
  ctx: CallerContext,
  jobIds: readonly string[],
): Promise<NumberedJob[]> {
  const { ownerId, services } = ctx;
  return toNumbered(ctx, await services.jobReader.ofIds({ ownerId, jobIds }));
}

/** Reads the caller's jobs that changed after his event `seq`, in the order of their newest events. */
export async function readChangedSince(ctx: CallerContext, seq: number): Promise<NumberedJob[]> {
  const { ownerId, services } = ctx;
  return toNumbered(ctx, await services.jobReader.changedSince({ ownerId, seq }));
}

async function toNumbered(ctx: CallerContext, rows: readonly JobReading[]): Promise<NumberedJob[]> {
  const open = rows.map((row) => row.job).filter((job) => !isTerminal(job.status));
  const typical = await readTypicalRuns(ctx.services, open);
  return rows.map((row) => {
    const alive = row.attemptState === "dead" ? null : row.submittedAt;
    const eta = etaOf(ctx, row.job, {
      ahead: row.ahead ?? 0,
      submittedAt: alive,
      startedAt: row.attemptState === "dead" ? null : row.attemptStartedAt,
      typical,
    });
    const parts = {
      job: withInput(row.job),
      result: row.result,
      refundedCredits: row.refunded,
      queuePosition: row.ahead === null ? null : row.ahead + 1,
      eta,
    };
    return { seq: row.job.lastSeq, job: toJobView(ctx, parts) };
  });
}

/** Order of lists: newest first. */
export const NEWEST_FIRST: readonly SQL[] = [desc(jobs.createdAt), desc(jobs.id)];

interface EtaFacts {
  readonly ahead: number;
  readonly submittedAt: Date | null;
  readonly startedAt: Date | null;
  readonly typical: ReadonlyMap<string, TypicalRun>;
}

function etaOf(ctx: CallerContext, job: JobRow, facts: EtaFacts) {
  const typical = facts.typical.get(typicalRunKey(job));
  // Nobody knows when a backend that is down is back: no figure is honest.
  if (typical === undefined || ctx.services.gpus.isDown(job.backend)) return null;
  const question = {
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    aheadInBacklog: facts.ahead,
    slots: ctx.services.gpuSettings.maxInFlight,
    submittedAt: facts.submittedAt,
    startedAt: facts.startedAt,
    // The end of drawing is the last event of a job that is being stored.
    storingSince: job.status === "storing" ? job.updatedAt : null,
    now: ctx.services.now(),
  };
  return estimateEta(question, typical);
}

/** The database keeps the input until the job is erased, and erased jobs are never read. */
function withInput(job: JobRow): JobRow & { input: NonNullable<JobRow["input"]> } {
  if (job.input === null) throw new Error(`job ${job.id} has no input`);
  return { ...job, input: job.input };
}
