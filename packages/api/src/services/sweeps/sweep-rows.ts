import { guestGrants, idempotencyKeys, promptRewrites, rateWindows, watches } from "@ob/db";
import { lt } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** First answers are kept this long. */
const ANSWERS_KEPT_MS = 7 * DAY_MS;

/** Deletes rows that have served their time: first answers, rewritings, counters, watches. */
export async function sweepRows(ctx: ServiceContext): Promise<void> {
  const nowMs = ctx.now().getTime();
  const before = (ageMs: number) => new Date(nowMs - ageMs);
  await ctx.db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, before(ANSWERS_KEPT_MS)));
  await ctx.db.delete(rateWindows).where(lt(rateWindows.windowStart, before(HOUR_MS)));
  await ctx.db.delete(guestGrants).where(lt(guestGrants.hourStart, before(DAY_MS)));
  await ctx.db.delete(promptRewrites).where(lt(promptRewrites.expiresAt, before(0)));
  await ctx.db.delete(watches).where(lt(watches.until, before(HOUR_MS)));
}
