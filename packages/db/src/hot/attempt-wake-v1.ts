import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import { answerReader } from "./read-answer.ts";

const WokenAttempt = z.object({
  jobId: z.string(),
  attemptId: z.string(),
  /** False: the attempt's own id is not known yet. */
  hasRunpodJobId: z.boolean(),
});
export type WokenAttempt = z.infer<typeof WokenAttempt>;

const readWoken = answerReader(WokenAttempt.nullable());

/** Rings the doorbell of the attempt with this token; an ended attempt rings nothing. Null: no such token. */
export async function attemptWakeV1(
  sql: SqlRunner,
  o: { tokenSha256: string; now: Date },
): Promise<WokenAttempt | null> {
  const rows = await sql`select attempt_wake_v1(${o.tokenSha256}, ${o.now}) as answer`;
  return readWoken(rows);
}
