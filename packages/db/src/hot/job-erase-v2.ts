import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import { answerReader } from "./read-answer.ts";

const JobEraseOutcome = z.enum(["erased", "not-found", "not-terminal"]);
export type JobEraseOutcome = z.infer<typeof JobEraseOutcome>;

const readOutcome = answerReader(JobEraseOutcome);

/**
 * Erases words and pictures of an ended job and queues their objects for deletion; pictures that
 * another job of the owner still shows stay. Money, events and numbers stay.
 * `not-found`: no such job of this owner, or erased before.
 */
export async function jobEraseV2(
  sql: SqlRunner,
  o: { jobId: string; ownerId: string; now: Date },
): Promise<JobEraseOutcome> {
  const rows = await sql`select job_erase_v2(${o.jobId}, ${o.ownerId}, ${o.now}) as answer`;
  return readOutcome(rows);
}
