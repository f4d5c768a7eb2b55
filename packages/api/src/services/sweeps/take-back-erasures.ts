import { assets, objectErasures, results } from "@ob/db";
import { and, inArray, isNull, or } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/**
 * Takes back the planned erasures of those objects that are in use. Whoever erases a result or a
 * picture at the same moment holds its row, and is waited for: no erasure of his is lost.
 * @returns the keys in use
 */
export async function takeBackErasures(
  { db }: Pick<ServiceContext, "db">,
  keys: readonly string[],
): Promise<Set<string>> {
  return db.transaction(async (tx) => {
    const ofResults = await tx
      .select({ objectKey: results.objectKey, previewKey: results.previewKey })
      .from(results)
      .where(
        and(
          or(inArray(results.objectKey, keys), inArray(results.previewKey, keys)),
          isNull(results.erasedAt),
        ),
      )
      .for("no key update");
    const ofAssets = await tx
      .select({ objectKey: assets.objectKey, previewKey: assets.previewKey })
      .from(assets)
      .where(
        and(
          or(inArray(assets.objectKey, keys), inArray(assets.previewKey, keys)),
          isNull(assets.erasedAt),
        ),
      )
      .for("no key update");
    const used = new Set([...ofResults, ...ofAssets].flatMap((row) => Object.values(row)));
    const inUse = keys.filter((key) => used.has(key));
    await tx.delete(objectErasures).where(inArray(objectErasures.objectKey, inUse));
    return new Set(inUse);
  });
}
