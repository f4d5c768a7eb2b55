import type { JobRow } from "@ob/db";
import type { LifecycleContext } from "./drive-context.ts";
import type { PictureKeys } from "./drive-rows.ts";

/** A picture of the job is not in the store. */
export class PictureMissing extends Error {
  override readonly name = "PictureMissing";
}

/** The picture being edited and what was painted on it (null: nothing), as they lie in the store. */
export interface EditedPicture {
  readonly original: Uint8Array;
  readonly mask: Uint8Array | null;
}

/** Everything a job was given. */
export interface JobPictures extends EditedPicture {
  /**
   * "Picture 2" and on, in their order; empty for most jobs. Each is read when it is its turn: jobs
   * that wait for the imaging must not hold them. Reading throws {@link PictureMissing}.
   */
  readonly extras: readonly (() => Promise<Uint8Array>)[];
}

type PicturedJob = Pick<JobRow, "imageAssetId" | "maskAssetId">;

/** Reads what an edit begins from and is pasted back on, and finds its further pictures. @throws {PictureMissing} */
export async function loadPictures(
  ctx: LifecycleContext,
  { imageAssetId, maskAssetId }: PicturedJob,
  keys: PictureKeys,
): Promise<JobPictures> {
  const [original, mask] = await Promise.all([
    read(ctx, imageAssetId, keys.image),
    maskAssetId === null ? null : read(ctx, maskAssetId, keys.mask),
  ]);
  const extras = keys.extras.map(
    ({ assetId, objectKey }) =>
      () =>
        read(ctx, assetId, objectKey),
  );
  return { original, mask, extras };
}

async function read(
  { store }: LifecycleContext,
  assetId: string,
  objectKey: string | null,
): Promise<Uint8Array> {
  const bytes = objectKey === null ? null : await store.get(objectKey);
  if (bytes === null) throw new PictureMissing(`asset ${assetId} is not in the store`);
  return bytes;
}
