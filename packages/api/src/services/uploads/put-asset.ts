import { type Db, objectErasures } from "@ob/db";
import { inArray } from "drizzle-orm";
import type { CallerContext, ServiceContext } from "../context.ts";
import { UPLOAD_LIMITS } from "./limits.ts";
import type { AssetRow } from "./read-asset.ts";

type Transaction = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Keys of a new asset and its preview, in a random folder; hashes are hex. */
export function assetKeys(
  randomBytes: ServiceContext["randomBytes"],
  { sha256, previewSha256 }: { sha256: string; previewSha256: string },
): { objectKey: string; previewKey: string } {
  const random = Buffer.from(randomBytes(16)).toString("hex");
  return {
    objectKey: `assets/${random}/${sha256}.png`,
    previewKey: `previews/${random}/${previewSha256}.webp`,
  };
}

/** The moments of a new asset. */
export function assetMoments(now: Date): Pick<AssetRow, "createdAt" | "claimBy" | "erasedAt"> {
  const claimBy = new Date(now.getTime() + UPLOAD_LIMITS.unusedMs);
  return { createdAt: now, claimBy, erasedAt: null };
}

/**
 * Stores the objects of an asset that has no row yet. Their erasure is planned first, so that a
 * process that dies in between leaves nothing for ever; {@link keepObjects} takes it back.
 */
export async function putAsset(
  { services: { db, store } }: CallerContext,
  row: AssetRow,
  objects: { png: Uint8Array; preview: Uint8Array },
): Promise<void> {
  const dueAt = new Date(row.createdAt.getTime() + UPLOAD_LIMITS.orphanMs);
  const keys = [row.objectKey, row.previewKey];
  await db.insert(objectErasures).values(keys.map((objectKey) => ({ objectKey, dueAt })));
  await store.put(row.objectKey, objects.png, row.contentType);
  await store.put(row.previewKey, objects.preview, "image/webp");
}

/** Takes back the planned erasure, in the transaction that makes the asset. */
export async function keepObjects(tx: Transaction, row: AssetRow): Promise<void> {
  await tx
    .delete(objectErasures)
    .where(inArray(objectErasures.objectKey, [row.objectKey, row.previewKey]));
}
