import { assets, type Db } from "@ob/db";
import { eq } from "drizzle-orm";

/** Who owns an uploaded picture. @throws {Error} when there is no such asset */
export async function ownerOfAsset(db: Db, assetId: string): Promise<string> {
  const rows = await db
    .select({ ownerId: assets.ownerId })
    .from(assets)
    .where(eq(assets.id, assetId));
  const owner = rows[0];
  if (owner === undefined) throw new Error("no such asset");
  return owner.ownerId;
}
