import { z } from "zod";
import type { SqlRunner } from "../client.ts";

export interface JobsClaimDue {
  limit: number;
  /** Names the driver; the same in renew and schedule. */
  leaseOwner: string;
  leaseMs: number;
  now: Date;
  /** Claim this one only, still only when due and free. */
  jobId?: string;
}

export interface ClaimedJob {
  jobId: string;
  /** Doorbells so far; hand it back to `jobScheduleV1`. */
  wakes: number;
}

const ClaimedRow = z
  .object({ claimed_id: z.string(), claimed_wakes: z.number().int() })
  .transform((row) => ({ jobId: row.claimed_id, wakes: row.claimed_wakes }));

const ClaimedRows = z.array(ClaimedRow);

/** Takes a lease on due jobs, oldest first. Run it outside any other transaction: it holds no lock afterwards. */
export async function jobsClaimDueV1(sql: SqlRunner, o: JobsClaimDue): Promise<ClaimedJob[]> {
  const rows =
    o.jobId === undefined
      ? await sql`select * from jobs_claim_due_v1(${o.limit}, ${o.leaseOwner}, ${o.leaseMs}, ${o.now})`
      : await sql`select * from job_claim_v1(${o.jobId}, ${o.leaseOwner}, ${o.leaseMs}, ${o.now})`;
  return ClaimedRows.parse([...rows]);
}
