import { type JobRow, jobs } from "@ob/db";
import { desc, type SQL } from "drizzle-orm";
import type { Job } from "../../contract/job.ts";
import type { CallerContext } from "../context.ts";
import { type JobReading, ownJobs, selectJobs } from "./job-reader.ts";
import { type JobTiming, tellEta, timingOf } from "./job-timing.ts";
import { toJobView } from "./job-view.ts";

/** A job as its owner sees it, with the owner's event number that made it so. */
export interface NumberedJob {
  readonly seq: number;
  readonly job: Job;
  /** The owner's newest event number at the moment of this reading. */
  readonly ownerSeq: number;
  /** Null = it has ended. */
  readonly timing: JobTiming | null;
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

/** What changed of a caller's jobs. */
export interface JobChanges {
  /** In the order of their newest events. */
  readonly jobs: readonly NumberedJob[];
  /** Those of which nothing may be shown any more. */
  readonly erased: readonly { readonly id: string; readonly seq: number }[];
}

/** Reads what changed after the caller's event `seq`. */
export async function readChangedSince(ctx: CallerContext, seq: number): Promise<JobChanges> {
  const { ownerId, services } = ctx;
  const rows = await services.jobReader.changedSince({ ownerId, seq });
  const present = rows.filter(({ job }) => job.erasedAt === null);
  const erased = rows.filter(({ job }) => job.erasedAt !== null);
  return {
    jobs: await toNumbered(ctx, present),
    erased: erased.map(({ job }) => ({ id: job.id, seq: job.lastSeq })),
  };
}

/** The same job a moment later, from what is known of it: only its time left is told anew. */
export async function tellAgain(
  ctx: CallerContext,
  { timing, ...known }: NumberedJob,
): Promise<NumberedJob> {
  const etaSeconds = timing === null ? null : await tellEta(ctx, timing);
  return { ...known, timing, job: { ...known.job, etaSeconds } };
}

function toNumbered(ctx: CallerContext, rows: readonly JobReading[]): Promise<NumberedJob[]> {
  return Promise.all(
    rows.map(async (row) => {
      const timing = timingOf(row);
      const parts = {
        job: withInput(row.job),
        result: row.result,
        refundedCredits: row.refunded,
        queuePosition: row.ahead === null ? null : row.ahead + 1,
        eta: timing === null ? null : await tellEta(ctx, timing),
      };
      const { lastSeq: seq } = row.job;
      return { seq, job: toJobView(ctx, parts), ownerSeq: row.ownerSeq, timing };
    }),
  );
}

/** Order of lists: newest first. */
export const NEWEST_FIRST: readonly SQL[] = [desc(jobs.createdAt), desc(jobs.id)];

/** The database keeps the input until the job is erased, and erased jobs are never read. */
function withInput(job: JobRow): JobRow & { input: NonNullable<JobRow["input"]> } {
  if (job.input === null) throw new Error(`job ${job.id} has no input`);
  return { ...job, input: job.input };
}
