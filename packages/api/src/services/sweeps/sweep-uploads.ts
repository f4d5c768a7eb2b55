import { objectErasures, uploads } from "@ob/db";
import { and, eq, isNull, lte } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** A picture that was put in time may still be finished for this long. */
const GRACE_MS = 60 * 60_000;

/** Forgets uploads that were never finished, and plans the erasure of their raw bytes. @returns how many */
export async function sweepUploads(
  ctx: ServiceContext,
  { limit }: { limit: number },
): Promise<number> {
  const now = ctx.now();
  const expired = await ctx.db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(isNull(uploads.assetId), lte(uploads.expiresAt, new Date(now.getTime() - GRACE_MS))))
    .limit(limit);
  let swept = 0;
  for (const { id } of expired) {
    swept += await ctx.db.transaction(async (tx) => {
      const gone = await tx
        .delete(uploads)
        .where(and(eq(uploads.id, id), isNull(uploads.assetId)))
        .returning({ objectKey: uploads.objectKey });
      if (gone.length === 0) return 0;
      const planned = gone.map(({ objectKey }) => ({ objectKey, dueAt: now }));
      await tx.insert(objectErasures).values(planned).onConflictDoNothing();
      return 1;
    });
  }
  return swept;
}
