import { objectErasures } from "@ob/db";
import { asc, eq, lte } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** Deletes objects nobody refers to any more, each before its row. @returns how many went */
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
    await ctx.store.delete(objectKey);
    await ctx.db.delete(objectErasures).where(eq(objectErasures.objectKey, objectKey));
  }
  return due.length;
}
