import { assets, objectErasures, results } from "@ob/db";
import { and, asc, eq, isNull, lte, or } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/**
 * Deletes objects nobody refers to any more, each before its row. An erasure may be planned before
 * its object is put to use (a crash in between leaves nothing for ever), so what is in use stays.
 * @returns how many rows were dealt with
 */
export async function eraseObjects(
  ctx: ServiceContext,
  { limit }: { limit: number },
): Promise<number> {
  const due = await ctx.db
    .select({ objectKey: objectErasures.objectKey })
    .from(objectErasures)
    .where(lte(objectErasures.dueAt, ctx.now()))
    .orderBy(asc(objectErasures.dueAt))
    .limit(limit);
  for (const { objectKey } of due) {
    if (!(await isInUse(ctx, objectKey))) await ctx.store.delete(objectKey);
    await ctx.db.delete(objectErasures).where(eq(objectErasures.objectKey, objectKey));
  }
  return due.length;
}

async function isInUse(ctx: ServiceContext, key: string): Promise<boolean> {
  const [result, asset] = await Promise.all([
    ctx.db
      .select({ jobId: results.jobId })
      .from(results)
      .where(
        and(or(eq(results.objectKey, key), eq(results.previewKey, key)), isNull(results.erasedAt)),
      ),
    ctx.db
      .select({ id: assets.id })
      .from(assets)
      .where(
        and(or(eq(assets.objectKey, key), eq(assets.previewKey, key)), isNull(assets.erasedAt)),
      ),
  ]);
  return result.length + asset.length > 0;
}
