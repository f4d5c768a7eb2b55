import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import type { AttemptState } from "../schema/attempts.ts";
import type { AttemptPatch } from "./attempt-patch.ts";
import { jsonText } from "./json-text.ts";
import { answerReader } from "./read-answer.ts";

export interface AttemptApply {
  attemptId: string;
  from: readonly AttemptState[];
  to: AttemptState;
  now: Date;
  patch: AttemptPatch;
  /** When somebody must look at the job next; null = nobody need; absent = stays. */
  jobDueAt?: Date | null;
}

const readIsMoved = answerReader(z.boolean());

/** Moves an attempt alone, without an event: its job may have ended. False: it was not in `from`; nothing changed. */
export async function attemptApplyV1(sql: SqlRunner, o: AttemptApply): Promise<boolean> {
  const rows = await sql`
    select attempt_apply_v1(${o.attemptId}, ${[...o.from]}::text[], ${o.to},
      ${jsonText(o.patch)}::text::jsonb, ${o.jobDueAt !== undefined}, ${o.jobDueAt ?? null},
      ${o.now}) as answer`;
  return readIsMoved(rows);
}
