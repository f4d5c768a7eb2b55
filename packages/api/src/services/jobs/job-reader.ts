import { attempts, creditTransfers, type Db, jobs, owners, results } from "@ob/db";
import { and, eq, gt, isNull, type Placeholder, type SQL, sql } from "drizzle-orm";

/** Everything of a job that its owner sees, as the rows have it. */
export type JobReading = Awaited<ReturnType<typeof selectJobs>>[number];

/** The reads that every stream repeats at each ring, planned once. */
export interface JobReader {
  /** One of an owner's jobs; empty = none of his, or erased. */
  byId(o: { ownerId: string; jobId: string }): Promise<JobReading[]>;
  /** Those of these that are his and not erased, in the order of their newest events. */
  ofIds(o: { ownerId: string; jobIds: readonly string[] }): Promise<JobReading[]>;
  /** Those that changed after his event `seq`, erased ones too, in the order of their newest events. */
  changedSince(o: { ownerId: string; seq: number }): Promise<JobReading[]>;
}

const ahead = sql<number | null>`case when ${jobs.status} = 'queued' then (
  select count(*)::int from jobs q
  where q.status = 'queued' and q.backend = ${jobs.backend}
    and (q.created_at, q.id) < (${jobs.createdAt}, ${jobs.id})) end`;

const refunded = sql<number>`(
  select coalesce(sum(t.amount), 0)::int from ${creditTransfers} t
  where t.job_id = ${jobs.id} and t.kind in ('release', 'refund'))`;

/** A selection of jobs with all their owners see, in one statement and so from one moment. */
export function selectJobs(db: Pick<Db, "select">) {
  const newest = sql`(select max(a.n) from attempts a where a.job_id = ${jobs.id})`;
  return db
    .select({
      job: jobs,
      result: results,
      submittedAt: attempts.submittedAt,
      attemptStartedAt: attempts.startedAt,
      attemptState: attempts.state,
      ahead: ahead.mapWith((count: number | null) => count),
      refunded: refunded.mapWith(Number),
      ownerSeq: owners.lastSeq,
    })
    .from(jobs)
    .innerJoin(owners, eq(owners.id, jobs.ownerId))
    .leftJoin(results, eq(results.jobId, jobs.id))
    .leftJoin(attempts, and(eq(attempts.jobId, jobs.id), eq(attempts.n, newest)))
    .$dynamic();
}

/** An owner's own jobs, as far as they are not erased. */
export function ownJobs(ownerId: string | Placeholder, where: SQL | undefined): SQL | undefined {
  return and(eq(jobs.ownerId, ownerId), isNull(jobs.erasedAt), where);
}

/** Builds the statements once, for one database. */
export function createJobReader(db: Pick<Db, "select">): JobReader {
  const ownerId = sql.placeholder("ownerId");
  const byId = selectJobs(db)
    .where(ownJobs(ownerId, eq(jobs.id, sql.placeholder("jobId"))))
    .prepare("job_by_id");
  // One parameter however many they are, so that it stays one statement.
  const isAmong = sql`${jobs.id} = any(${sql.placeholder("jobIds")}::text::uuid[])`;
  const ofIds = selectJobs(db)
    .where(ownJobs(ownerId, isAmong))
    .orderBy(jobs.lastSeq)
    .prepare("jobs_of_ids");
  const changedSince = selectJobs(db)
    .where(and(eq(jobs.ownerId, ownerId), gt(jobs.lastSeq, sql.placeholder("seq"))))
    .orderBy(jobs.lastSeq)
    .prepare("jobs_changed_since");
  return {
    byId: (o) => byId.execute(o),
    ofIds: (o) => ofIds.execute({ ownerId: o.ownerId, jobIds: `{${o.jobIds.join(",")}}` }),
    changedSince: (o) => changedSince.execute(o),
  };
}
