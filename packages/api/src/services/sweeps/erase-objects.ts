import { objectErasures } from "@ob/db";
import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { takeBackErasures } from "./take-back-erasures.ts";

/** What could not be deleted is left alone this long, so that it never stands before the others. */
const RETRY_MS = 10 * 60_000;

/**
 * Deletes objects nobody refers to any more, each before its row. An erasure may be planned before
 * its object is put to use (a crash in between leaves nothing for ever), so what is in use stays.
 * One that fails is logged and tried again later.
 * @returns how many rows were dealt with
 */
export async function eraseObjects(
  ctx: ServiceContext,
  { limit, keys }: { limit: number; /** @default all */ keys?: readonly string[] },
): Promise<number> {
  const isDue = lte(objectErasures.dueAt, ctx.now());
  const due = await ctx.db
    .select({ objectKey: objectErasures.objectKey })
    .from(objectErasures)
    .where(keys === undefined ? isDue : and(isDue, inArray(objectErasures.objectKey, keys)))
    .orderBy(asc(objectErasures.dueAt))
    .limit(limit);
  let done = 0;
  for (const { objectKey } of due) {
    if (await eraseObject(ctx, objectKey)) done += 1;
  }
  return done;
}

async function eraseObject(ctx: ServiceContext, objectKey: string): Promise<boolean> {
  const isThis = eq(objectErasures.objectKey, objectKey);
  try {
    if ((await takeBackErasures(ctx.hints, [objectKey])).has(objectKey)) return true;
    await ctx.store.delete(objectKey);
    await ctx.db.delete(objectErasures).where(isThis);
    return true;
  } catch (cause) {
    ctx.log.error("object.erase-failed", { objectKey, cause });
    const dueAt = new Date(ctx.now().getTime() + RETRY_MS);
    await ctx.db.update(objectErasures).set({ dueAt }).where(isThis);
    return false;
  }
}
