import { assets, type Db, objectErasures, owners } from "@ob/db";
import { and, asc, eq, isNull, lte, not, sql } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

type Transaction = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Erases pictures that no job was made of in time. @returns how many were looked at */
export async function sweepAssets(
  ctx: ServiceContext,
  { limit }: { limit: number },
): Promise<number> {
  const due = await ctx.db
    .select({ id: assets.id, ownerId: assets.ownerId })
    .from(assets)
    .where(lte(assets.claimBy, ctx.now()))
    .orderBy(asc(assets.claimBy))
    .limit(limit);
  for (const { id, ownerId } of due) {
    await ctx.db.transaction(async (tx) => {
      // Jobs are made under this lock: one made at this moment either names the picture first, or
      // finds it erased.
      await tx.select().from(owners).where(eq(owners.id, ownerId)).for("no key update");
      if (await eraseUnused(tx, id, ctx.now())) ctx.log.info("asset.erased", { assetId: id });
    });
  }
  return due.length;
}

/** False = a job names it, or it is erased already. Either way it is not looked at again. */
async function eraseUnused(tx: Transaction, assetId: string, now: Date): Promise<boolean> {
  const isShown = sql`asset_is_shown_v1(${assets.id}, ${assets.ownerId})`;
  const [erased] = await tx
    .update(assets)
    .set({ erasedAt: now })
    .where(and(eq(assets.id, assetId), isNull(assets.erasedAt), not(isShown)))
    .returning({ objectKey: assets.objectKey, previewKey: assets.previewKey });
  await tx.update(assets).set({ claimBy: null }).where(eq(assets.id, assetId));
  if (erased === undefined) return false;
  await tx
    .insert(objectErasures)
    .values([erased.objectKey, erased.previewKey].map((objectKey) => ({ objectKey, dueAt: now })))
    .onConflictDoUpdate({
      target: objectErasures.objectKey,
      set: { dueAt: sql`least(${objectErasures.dueAt}, excluded.due_at)` },
    });
  return true;
}
