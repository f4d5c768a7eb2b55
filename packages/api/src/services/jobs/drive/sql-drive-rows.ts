import {
  assets,
  attemptApplyV1,
  attemptIntendV2,
  attempts,
  attemptWakeV1,
  type Db,
  jobApplyV1,
  jobCreateV3,
  jobLeaseRenewV1,
  jobs,
  jobsClaimDueV1,
  jobScheduleV1,
  jobWakeV1,
  noteCollectTrouble,
  planErasures,
  type Sql,
  watches,
} from "@ob/db";
import { and, count, eq, inArray, isNull, ne, or, sql as query } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { LIVE_ATTEMPT_STATES } from "../../../domain/attempt-lifecycle.ts";
import { takeBackErasures } from "../../sweeps/take-back-erasures.ts";
import type { DriveRows, PictureKeys } from "./drive-rows.ts";

/**
 * The rows in PostgreSQL: writes by the hot functions, each one statement and so one transaction.
 * `hints` takes the writes that a crash of the database may take back: a lost lease lapses, a lost
 * wake-up is made up for by polling, a job whose next look was lost is looked at again, and an object
 * whose planned erasure was lost is found by the sweep of the bucket.
 */
export function createSqlDriveRows({ db, sql, hints = sql }: DriveConnection): DriveRows {
  return {
    create: (o) => jobCreateV3(sql, o),
    apply: (o) => jobApplyV1(sql, o),
    applyAttempt: (o) => attemptApplyV1(sql, o),
    intend: (o) => attemptIntendV2(sql, o),
    wake: (o) => jobWakeV1(hints, o),
    wakeByToken: (o) => attemptWakeV1(hints, o),
    claimDue: (o) => jobsClaimDueV1(hints, o),
    renewLease: (o) => jobLeaseRenewV1(hints, o),
    schedule: (o) => jobScheduleV1(hints, o),
    ...createReads(db),
    countQueuedAhead: (job) => countQueuedAhead(sql, job),
    findNextWaiting: (o) => findNextWaiting(sql, o),
    planErasures: (o) => planErasures(hints, o),
    async takeBackErasures(keys) {
      await takeBackErasures(hints, keys);
    },
    noteCollectTrouble: (o) => noteCollectTrouble(hints, o),
  };
}

interface DriveConnection {
  readonly db: Db;
  readonly sql: Sql;
  /** Commits without waiting for the disk. @default sql */
  readonly hints?: Sql;
}

type Reads = Pick<DriveRows, "read" | "readOwned" | "readAttempt" | "countSlotsTaken">;

function createReads(db: Db): Reads {
  // Read before every step of every drive: built once, not each time.
  const newest = query`(select max(a.n) from attempts a where a.job_id = ${jobs.id})`;
  const image = alias(assets, "image");
  const mask = alias(assets, "mask");
  const extras = query<PictureKeys["extras"]>`coalesce((
    select json_agg(json_build_object('assetId', p.asset_id, 'objectKey', a.object_key) order by p.n)
    from job_pictures p join assets a on a.id = p.asset_id where p.job_id = ${jobs.id}), '[]')`;
  const pictures = { image: image.objectKey, mask: mask.objectKey, extras };
  const state = db
    .select({ job: jobs, attempt: attempts, watchedUntil: watches.until, pictures })
    .from(jobs)
    .leftJoin(image, eq(image.id, jobs.imageAssetId))
    .leftJoin(mask, eq(mask.id, jobs.maskAssetId))
    .leftJoin(attempts, and(eq(attempts.jobId, jobs.id), eq(attempts.n, newest)))
    .leftJoin(watches, eq(watches.ownerId, jobs.ownerId))
    .where(eq(jobs.id, query.placeholder("jobId")))
    .prepare("drive_state");
  return {
    async read({ jobId, now }) {
      const row = (await state.execute({ jobId }))[0];
      if (row === undefined) return null;
      const watched = row.watchedUntil !== null && row.watchedUntil > now;
      return { job: row.job, attempt: row.attempt, watched, pictures: row.pictures };
    },
    async readOwned({ jobId, ownerId }) {
      const { id, status, stage, cancelRequestedAt } = jobs;
      const rows = await db
        .select({ id, status, stage, cancelRequestedAt })
        .from(jobs)
        .where(and(eq(id, jobId), eq(jobs.ownerId, ownerId), isNull(jobs.erasedAt)));
      return rows[0] ?? null;
    },
    async readAttempt(attemptId) {
      const rows = await db.select().from(attempts).where(eq(attempts.id, attemptId));
      return rows[0] ?? null;
    },
    async countSlotsTaken(backend) {
      const live = and(
        eq(attempts.backend, backend),
        inArray(attempts.state, [...LIVE_ATTEMPT_STATES]),
        or(ne(attempts.state, "unknown"), isNull(jobs.finishedAt)),
      );
      const rows = await db
        .select({ taken: count() })
        .from(attempts)
        .innerJoin(jobs, eq(jobs.id, attempts.jobId))
        .where(live);
      return rows[0]?.taken ?? 0;
    },
  };
}

async function countQueuedAhead(
  sql: Sql,
  job: Parameters<DriveRows["countQueuedAhead"]>[0],
): Promise<number> {
  const rows = await sql<{ ahead: number }[]>`
    select count(*)::int as ahead from jobs
    where backend = ${job.backend} and status = 'queued'
      and (created_at, id) < (${job.createdAt}, ${job.id}::uuid)`;
  return rows[0]?.ahead ?? 0;
}

async function findNextWaiting(
  sql: Sql,
  { backend, now, failedBefore }: Parameters<DriveRows["findNextWaiting"]>[0],
): Promise<string | null> {
  const rows = await sql<{ id: string }[]>`
    select j.id from jobs j
    where j.backend = ${backend} and j.status = 'queued' and j.due_at > ${now}
      and j.due_at > j.created_at
      and not exists (select from attempts a where a.job_id = j.id
        and (a.state <> 'dead' or a.ended_at > ${failedBefore}))
    order by j.created_at, j.id
    limit 1`;
  return rows[0]?.id ?? null;
}
