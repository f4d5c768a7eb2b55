import {
  assets,
  attemptApplyV1,
  attemptIntendV2,
  attempts,
  attemptWakeV1,
  type Db,
  jobApplyV1,
  jobCreateV2,
  jobLeaseRenewV1,
  jobPictures,
  jobs,
  jobsClaimDueV1,
  jobScheduleV1,
  jobWakeV1,
  objectErasures,
  type Sql,
  watches,
  noteCollectTrouble,
} from "@ob/db";
import { and, asc, count, eq, inArray, isNull, ne, or, sql as query } from "drizzle-orm";
import { LIVE_ATTEMPT_STATES } from "../../../domain/attempt-lifecycle.ts";
import { takeBackErasures } from "../../sweeps/take-back-erasures.ts";
import type { DriveRows } from "./drive-rows.ts";

/**
 * The rows in PostgreSQL: writes by the hot functions, each one statement and so one transaction.
 * `hints` takes the writes that a crash of the database may take back: a lost lease lapses, a lost
 * wake-up is made up for by polling, and a job whose next look was lost is looked at again.
 */
export function createSqlDriveRows({ db, sql, hints = sql }: DriveConnection): DriveRows {
  return {
    create: (o) => jobCreateV2(sql, o),
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
    async planErasures({ keys, dueAt }) {
      const planned = keys.map((objectKey) => ({ objectKey, dueAt }));
      await db.insert(objectErasures).values(planned).onConflictDoNothing();
    },
    noteCollectTrouble: (o) => noteCollectTrouble(sql, o),
    async takeBackErasures(keys) {
      await takeBackErasures({ db }, keys);
    },
  };
}

interface DriveConnection {
  readonly db: Db;
  readonly sql: Sql;
  /** Commits without waiting for the disk. @default sql */
  readonly hints?: Sql;
}

type Reads = Pick<
  DriveRows,
  "read" | "readOwned" | "readAttempt" | "countSlotsTaken" | "readPictureKeys"
>;

function createReads(db: Db): Reads {
  // Read before every step of every drive: built once, not each time.
  const newest = query`(select max(a.n) from attempts a where a.job_id = ${jobs.id})`;
  const state = db
    .select({ job: jobs, attempt: attempts, watchedUntil: watches.until })
    .from(jobs)
    .leftJoin(attempts, and(eq(attempts.jobId, jobs.id), eq(attempts.n, newest)))
    .leftJoin(watches, eq(watches.ownerId, jobs.ownerId))
    .where(eq(jobs.id, query.placeholder("jobId")))
    .prepare("drive_state");
  return {
    async read({ jobId, now }) {
      const row = (await state.execute({ jobId }))[0];
      if (row === undefined) return null;
      const watched = row.watchedUntil !== null && row.watchedUntil > now;
      return { job: row.job, attempt: row.attempt, watched };
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
    readPictureKeys: (job) => readPictureKeys(db, job),
  };
}

async function readPictureKeys(
  db: Db,
  { id, imageAssetId, maskAssetId }: Parameters<DriveRows["readPictureKeys"]>[0],
): ReturnType<DriveRows["readPictureKeys"]> {
  const extras = await db
    .select({ assetId: jobPictures.assetId })
    .from(jobPictures)
    .where(eq(jobPictures.jobId, id))
    .orderBy(asc(jobPictures.n));
  const asked = [imageAssetId, maskAssetId, ...extras.map(({ assetId }) => assetId)];
  const rows = await db
    .select({ id: assets.id, objectKey: assets.objectKey })
    .from(assets)
    .where(
      inArray(
        assets.id,
        asked.filter((assetId) => assetId !== null),
      ),
    );
  const keys = new Map(rows.map((row) => [row.id, row.objectKey]));
  return {
    image: keys.get(imageAssetId) ?? null,
    mask: maskAssetId === null ? null : (keys.get(maskAssetId) ?? null),
    extras: extras.map(({ assetId }) => ({ assetId, objectKey: keys.get(assetId) ?? null })),
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
      and not exists (select from attempts a where a.job_id = j.id
        and (a.state <> 'dead' or a.ended_at > ${failedBefore}))
    order by j.created_at, j.id
    limit 1`;
  return rows[0]?.id ?? null;
}
