import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import type { RateBucket } from "../schema/owners.ts";
import { answerReader } from "./read-answer.ts";

export interface RateTake {
  ownerId: string;
  bucket: RateBucket;
  /** Calls per window. */
  limit: number;
  windowMs: number;
  now: Date;
}

const RateOutcome = z.object({
  allowed: z.boolean(),
  /** Until the window ends; 0 when allowed. */
  retryAfterMs: z.number(),
});
export type RateOutcome = z.infer<typeof RateOutcome>;

const readOutcome = answerReader(RateOutcome);

/** Counts one call in the owner's present fixed window, shared by all replicas. Refused calls are not counted. */
export async function rateTakeV1(sql: SqlRunner, o: RateTake): Promise<RateOutcome> {
  const rows = await sql`
    select rate_take_v1(${o.ownerId}, ${o.bucket}, ${o.limit}, ${o.windowMs}, ${o.now}) as answer`;
  return readOutcome(rows);
}
