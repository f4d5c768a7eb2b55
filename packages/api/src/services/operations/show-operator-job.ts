import {
  attempts,
  collectTroubles,
  creditTransfers,
  type Db,
  gpuIncidents,
  jobEvents,
  type JobRow,
  jobs,
  jobSightings,
  operatorActions,
  results,
} from "@ob/db";
import { and, arrayOverlaps, asc, eq } from "drizzle-orm";
import type { GpuSettings } from "../../domain/gpu-settings.ts";
import { type JobMoments, type TimelineEntry, toTimeline } from "./job-timeline.ts";
import { describeNextStep, type NextStep } from "./next-step.ts";

type AttemptRow = typeof attempts.$inferSelect;
type ResultRow = typeof results.$inferSelect;

/** Everything the rows say of a job, but for what its owner wrote or showed. */
export interface OperatorJob {
  readonly job: Omit<JobRow, "input" | "promptEn" | "plan">;
  readonly retriedBy: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  /** As the GPU side reported them of the last attempt, ms; null = it did not. */
  readonly gpu: { readonly delayMs: number | null; readonly executionMs: number | null };
  readonly next: NextStep;
  readonly attempts: readonly Omit<AttemptRow, "tokenSha256">[];
  readonly events: readonly Omit<typeof jobEvents.$inferSelect, "ownerId" | "jobId">[];
  readonly transfers: readonly {
    readonly kind: string;
    readonly amount: number;
    readonly reason: string;
    readonly author: string | null;
    readonly createdAt: Date;
  }[];
  readonly result: ResultRow | null;
  /** Why its result could not be stored at first, or yet. */
  readonly collectTrouble: Omit<typeof collectTroubles.$inferSelect, "jobId"> | null;
  /** What went wrong with the GPU side and met one of its attempts. */
  readonly incidents: readonly {
    readonly id: string;
    readonly operation: string;
    readonly cause: string;
    readonly firstAt: Date;
    readonly lastAt: Date;
    readonly occurrences: number;
  }[];
  /** What operators ordered. */
  readonly actions: readonly Omit<typeof operatorActions.$inferSelect, "jobId">[];
}

/** Reads one job for an operator, from one moment; null = there is none. */
export async function showOperatorJob(
  ctx: { readonly db: Db; readonly now: () => Date; readonly gpuSettings: GpuSettings },
  jobId: string,
): Promise<OperatorJob | null> {
  const snapshot = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
  return ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ job: jobs, result: results, trouble: collectTroubles, seenAt: jobSightings.seenAt })
      .from(jobs)
      .leftJoin(results, eq(results.jobId, jobs.id))
      .leftJoin(collectTroubles, eq(collectTroubles.jobId, jobs.id))
      .leftJoin(jobSightings, eq(jobSightings.jobId, jobs.id))
      .where(eq(jobs.id, jobId));
    if (found === undefined) return null;
    const tried = await tx
      .select()
      .from(attempts)
      .where(eq(attempts.jobId, jobId))
      .orderBy(asc(attempts.n));
    const last = tried.at(-1) ?? null;
    const { input: _input, promptEn: _promptEn, plan: _plan, ...job } = found.job;
    return {
      job,
      retriedBy: await readRetries(tx, found.job),
      timeline: toTimeline(momentsOf({ ...found, attempt: last })),
      gpu: { delayMs: last?.delayMs ?? null, executionMs: last?.executionMs ?? null },
      next: describeNextStep(
        { job: found.job, attempt: last },
        { now: ctx.now(), settings: ctx.gpuSettings },
      ),
      attempts: tried.map(({ tokenSha256: _secret, ...attempt }) => attempt),
      ...(await readHistory(tx, jobId)),
      result: found.result,
      collectTrouble: found.trouble === null ? null : withoutJob(found.trouble),
      incidents: await readIncidents(
        tx,
        tried.map(({ id }) => id),
      ),
    };
  }, snapshot);
}

interface MomentsFacts {
  readonly job: JobRow;
  readonly attempt: AttemptRow | null;
  readonly result: ResultRow | null;
  readonly seenAt: Date | null;
}

/** Of several attempts the last one counts; what came before it shows as waiting. */
function momentsOf({ job, attempt, result, seenAt }: MomentsFacts): JobMoments {
  return {
    created: job.createdAt,
    intended: attempt?.intentAt ?? null,
    sent: attempt?.sentAt ?? null,
    submitted: attempt?.submittedAt ?? null,
    started: attempt?.startedAt ?? null,
    finished: attempt?.state === "finished" ? attempt.endedAt : null,
    stored: result?.createdAt ?? null,
    seen: seenAt,
  };
}

type Reader = Pick<Db, "select">;

async function readRetries(tx: Reader, { id, ownerId }: JobRow): Promise<string[]> {
  const rows = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.ownerId, ownerId), eq(jobs.retryOf, id)))
    .orderBy(asc(jobs.createdAt));
  return rows.map((row) => row.id);
}

async function readHistory(
  tx: Reader,
  jobId: string,
): Promise<Pick<OperatorJob, "events" | "transfers" | "actions">> {
  const { seq, event, status, stage, progress, code, createdAt } = jobEvents;
  const events = await tx
    .select({ seq, event, status, stage, progress, code, createdAt })
    .from(jobEvents)
    .where(eq(jobEvents.jobId, jobId))
    .orderBy(asc(seq));
  const transfers = await tx
    .select({
      kind: creditTransfers.kind,
      amount: creditTransfers.amount,
      reason: creditTransfers.reason,
      author: creditTransfers.author,
      createdAt: creditTransfers.createdAt,
    })
    .from(creditTransfers)
    .where(eq(creditTransfers.jobId, jobId))
    .orderBy(asc(creditTransfers.ordinal));
  const actions = await tx
    .select()
    .from(operatorActions)
    .where(eq(operatorActions.jobId, jobId))
    .orderBy(asc(operatorActions.at));
  return { events, transfers, actions: actions.map(withoutJob) };
}

async function readIncidents(tx: Reader, attemptIds: string[]): Promise<OperatorJob["incidents"]> {
  if (attemptIds.length === 0) return [];
  const { id, operation, cause, firstAt, lastAt, occurrences } = gpuIncidents;
  return tx
    .select({ id, operation, cause, firstAt, lastAt, occurrences })
    .from(gpuIncidents)
    .where(arrayOverlaps(gpuIncidents.attemptIds, attemptIds))
    .orderBy(asc(firstAt))
    .limit(50);
}

function withoutJob<Row extends { jobId: string }>({ jobId: _jobId, ...rest }: Row) {
  return rest;
}
