import type { SqlRunner } from "../client.ts";

export interface JobSchedule {
  jobId: string;
  leaseOwner: string;
  /** `wakes` as claimed; another number by now means a doorbell rang, and the job is due at once. */
  wakesSeen: number;
  /** When somebody must look next; null = nobody need. */
  dueAt: Date | null;
  now: Date;
}

/** Ends our lease and says when the job is due again. Does nothing once somebody else took the job. */
export async function jobScheduleV1(sql: SqlRunner, o: JobSchedule): Promise<void> {
  await sql`select job_schedule_v1(${o.jobId}, ${o.leaseOwner}, ${o.wakesSeen}, ${o.dueAt}, ${o.now})`;
}
