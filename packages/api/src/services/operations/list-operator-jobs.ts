import { JOB_FAILURE_CODES, JOB_STATUSES, type JobStatus } from "@ob/db";
import { z } from "zod";
import type { ServiceContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../jobs/list-cursor.ts";

/** What an operator may have to look at; the first four are `stuck`, the last two `late`. */
export const JOB_TROUBLES = [
  /** Its result could not be stored, and it is tried again until `collectBy`. */
  "storing-fails",
  /** A submit got no answer: nothing may be sent again before its time. */
  "unanswered",
  /** It was to be looked at a minute ago, and nobody does. */
  "overdue",
  /** It has not ended, and nobody is to look at it. */
  "nobody-due",
  /** Its own time is over, and it has not ended. */
  "past-deadline",
  /** The GPU side has surely killed its attempt, and the row does not say so. */
  "attempt-past-death",
] as const;
export type JobTrouble = (typeof JOB_TROUBLES)[number];

const TROUBLES_OF = {
  stuck: ["storing-fails", "unanswered", "overdue", "nobody-due"],
  late: ["past-deadline", "attempt-past-death"],
} as const satisfies Record<string, readonly JobTrouble[]>;

/** Which jobs; null = whatever. */
export interface OperatorJobsFilter {
  /** Created since; older jobs are not looked at. */
  readonly since: Date;
  readonly status: JobStatus | null;
  readonly trouble: keyof typeof TROUBLES_OF | null;
  /** Failed since. */
  readonly failedSince: Date | null;
  readonly backend: string | null;
  readonly ownerId: string | null;
  /** `nextCursor` of the page before. */
  readonly cursor: string | null;
  /** 1 to 500. */
  readonly limit: number;
}

/** A job in an operator's list: numbers and codes, nothing of what its owner wrote or showed. */
const OperatorJobRow = z.object({
  id: z.string(),
  ownerId: z.string(),
  serviceVersion: z.string(),
  mode: z.string(),
  backend: z.string(),
  status: z.enum(JOB_STATUSES),
  stage: z.string(),
  progress: z.number().nullable(),
  credits: z.number(),
  errorCode: z.enum(JOB_FAILURE_CODES).nullable(),
  tries: z.number(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  deadlineAt: z.date(),
  collectBy: z.date().nullable(),
  runpodJobId: z.string().nullable(),
  /** Why the last attempt or the last storing failed; null = neither did. */
  lastFailure: z.string().nullable(),
  storingFailures: z.number(),
  troubles: z.array(z.enum(JOB_TROUBLES)),
});
export type OperatorJobRow = z.infer<typeof OperatorJobRow>;

export interface OperatorJobsPage {
  readonly items: OperatorJobRow[];
  /** Null = there are no more. */
  readonly nextCursor: string | null;
}

const OVERDUE_MS = 60_000;

/** Everybody's jobs for an operator, newest first. @throws {AppError} INPUT_INVALID on a cursor that is not ours */
export async function listOperatorJobs(
  ctx: Pick<ServiceContext, "sql" | "now">,
  filter: OperatorJobsFilter,
): Promise<OperatorJobsPage> {
  const { sql } = ctx;
  const now = ctx.now();
  const overdueBefore = new Date(now.getTime() - OVERDUE_MS);
  const after = filter.cursor === null ? null : decodeCursor(filter.cursor);
  const wanted = filter.trouble === null ? null : [...TROUBLES_OF[filter.trouble]];
  const rows = await sql`
    select * from (
      select j.id, j.owner_id as "ownerId", j.service_version as "serviceVersion", j.mode, j.backend,
        j.status, j.stage, j.progress, j.credits, j.error_code as "errorCode", j.tries,
        j.created_at as "createdAt", j.finished_at as "finishedAt", j.due_at as "dueAt",
        j.deadline_at as "deadlineAt", j.collect_by as "collectBy", a.runpod_job_id as "runpodJobId",
        case when j.status = 'storing' then t.message else coalesce(a.failure_message, t.message) end
          as "lastFailure",
        coalesce(t.failures, 0) as "storingFailures",
        array_remove(array[
          case when j.status = 'storing' and t.job_id is not null then 'storing-fails' end,
          case when a.state = 'unknown' then 'unanswered' end,
          case when j.due_at < ${overdueBefore} and (j.lease_until is null or j.lease_until <= ${now})
            then 'overdue' end,
          case when j.finished_at is null and j.due_at is null
            and (j.lease_until is null or j.lease_until <= ${now}) then 'nobody-due' end,
          case when j.finished_at is null and greatest(j.deadline_at, j.collect_by) < ${now}
            then 'past-deadline' end,
          case when a.state in ('intent', 'submitted', 'unknown')
            and greatest(a.dead_after, a.submitted_at + (a.dead_after - a.intent_at)) < ${now}
            then 'attempt-past-death' end
        ], null) as troubles
      from jobs j
        left join lateral (select * from attempts a where a.job_id = j.id order by a.n desc limit 1) a
          on true
        left join collect_troubles t on t.job_id = j.id
      where j.created_at >= ${filter.since}
        and (${after?.id ?? null}::uuid is null
          or (j.created_at, j.id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
        and (${filter.status}::text is null or j.status = ${filter.status})
        and (${filter.failedSince}::timestamptz is null
          or (j.status = 'failed' and j.finished_at >= ${filter.failedSince}))
        and (${filter.backend}::text is null or j.backend = ${filter.backend})
        and (${filter.ownerId}::uuid is null or j.owner_id = ${filter.ownerId})
        -- What has ended, with every attempt, is neither stuck nor late.
        and (${wanted === null} or j.finished_at is null or j.due_at is not null)
    ) as listed
    where ${wanted}::text[] is null or troubles && ${wanted}::text[]
    order by "createdAt" desc, id desc
    limit ${filter.limit + 1}`;
  const found = z.array(OperatorJobRow).parse([...rows]);
  const items = found.slice(0, filter.limit);
  const last = items.at(-1);
  const hasMore = found.length > items.length && last !== undefined;
  const nextCursor = hasMore
    ? encodeCursor({ id: last.id, createdAt: last.createdAt.toISOString() })
    : null;
  return { items, nextCursor };
}
