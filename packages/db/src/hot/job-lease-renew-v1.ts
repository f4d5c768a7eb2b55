import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import { answerReader } from "./read-answer.ts";

export interface JobLeaseRenew {
  jobId: string;
  leaseOwner: string;
  leaseMs: number;
  now: Date;
}

const readIsOurs = answerReader(z.boolean());

/** Extends our lease. False: it lapsed and somebody else took the job; stop working on it. */
export async function jobLeaseRenewV1(sql: SqlRunner, o: JobLeaseRenew): Promise<boolean> {
  const rows = await sql`
    select job_lease_renew_v1(${o.jobId}, ${o.leaseOwner}, ${o.leaseMs}, ${o.now}) as answer`;
  return readIsOurs(rows);
}
