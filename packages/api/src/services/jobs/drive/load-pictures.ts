import { assets, jobPictures, type JobRow } from "@ob/db";
import { asc, eq, inArray } from "drizzle-orm";
import type { ServiceContext } from "../../context.ts";

/** A picture of the job is not in the store. */
export class PictureMissing extends Error {
  override readonly name = "PictureMissing";
}

/** The picture being edited and what was painted on it (null: nothing), as they lie in the store. */
export interface EditedPicture {
  readonly original: Uint8Array;
  readonly mask: Uint8Array | null;
}

/** Reads what an edit begins from and is pasted back on. @throws {PictureMissing} */
export async function loadEdited(
  ctx: ServiceContext,
  job: Pick<JobRow, "imageAssetId" | "maskAssetId">,
): Promise<EditedPicture> {
  const { imageAssetId, maskAssetId } = job;
  const read = await openAssets(
    ctx,
    maskAssetId === null ? [imageAssetId] : [imageAssetId, maskAssetId],
  );
  const [original, mask] = await Promise.all([
    read(imageAssetId),
    maskAssetId === null ? null : read(maskAssetId),
  ]);
  return { original, mask };
}

/**
 * Finds "Picture 2" and on, in their order; empty for most jobs. Each is read when it is its turn:
 * jobs that wait for the imaging must not hold them. Reading throws {@link PictureMissing}.
 */
export async function openExtras(
  ctx: ServiceContext,
  job: Pick<JobRow, "id">,
): Promise<(() => Promise<Uint8Array>)[]> {
  const rows = await ctx.db
    .select({ assetId: jobPictures.assetId })
    .from(jobPictures)
    .where(eq(jobPictures.jobId, job.id))
    .orderBy(asc(jobPictures.n));
  if (rows.length === 0) return [];
  const ids = rows.map(({ assetId }) => assetId);
  const read = await openAssets(ctx, ids);
  return ids.map((id) => () => read(id));
}

async function openAssets(
  ctx: ServiceContext,
  ids: readonly string[],
): Promise<(assetId: string) => Promise<Uint8Array>> {
  const rows = await ctx.db
    .select({ id: assets.id, objectKey: assets.objectKey })
    .from(assets)
    .where(inArray(assets.id, ids));
  const keys = new Map(rows.map(({ id, objectKey }) => [id, objectKey]));
  return async (assetId) => {
    const key = keys.get(assetId);
    const bytes = key === undefined ? null : await ctx.store.get(key);
    if (bytes === null) throw new PictureMissing(`asset ${assetId} is not in the store`);
    return bytes;
  };
}
