import type { SqlRunner } from "../client.ts";

/** Rings a job's doorbell: due now, also if a driver holds it at this moment. */
export async function jobWakeV1(sql: SqlRunner, o: { jobId: string; now: Date }): Promise<void> {
  await sql`select job_wake_v1(${o.jobId}, ${o.now})`;
}
