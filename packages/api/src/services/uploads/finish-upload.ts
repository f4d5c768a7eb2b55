import { assets, objectErasures, uploads } from "@ob/db";
import { type DecodedUpload, ImageError } from "@ob/imaging";
import { and, eq, isNull } from "drizzle-orm";
import type { Asset } from "../../contract/upload.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { assetView } from "./asset-view.ts";
import { takeFinish } from "./take-upload.ts";
import { assetKeys, assetMoments, keepObjects, putAsset } from "./put-asset.ts";
import { type AssetRow, readAsset } from "./read-asset.ts";

type UploadRow = typeof uploads.$inferSelect;

/**
 * Turns the bytes that arrived into an asset: strictly decoded, upright, sRGB, without metadata.
 * Repeats give the same asset. A picture that was refused stays refused until its bytes are swept.
 * @throws {AppError} UPLOAD_NOT_FOUND (foreign, or nothing was PUT yet), IMAGE_UNREADABLE,
 *   IMAGE_TYPE_UNSUPPORTED, IMAGE_TOO_MANY_PIXELS, FILE_TOO_LARGE, RATE_LIMITED
 */
export async function finishUpload(
  ctx: CallerContext,
  input: { uploadId: string },
): Promise<Asset> {
  const { services } = ctx;
  const upload = await services.db.query.uploads.findFirst({
    where: and(eq(uploads.id, input.uploadId), eq(uploads.ownerId, ctx.ownerId)),
  });
  if (upload === undefined) throw new AppError("UPLOAD_NOT_FOUND", { field: "uploadId" });
  if (upload.assetId !== null) return assetView(ctx, await readAsset(ctx, upload.assetId));
  if (upload.refusal !== null) throw new AppError(upload.refusal, { field: "uploadId" });
  // Decoding is dear: once for however many ask at the same moment, and counted.
  return assetView(ctx, await services.uploadWork.run(upload.id, () => makeAsset(ctx, upload)));
}

async function makeAsset(ctx: CallerContext, upload: UploadRow): Promise<AssetRow> {
  await takeFinish(ctx);
  const size = await ctx.services.store.size(upload.objectKey);
  if (size !== null && size > upload.declaredBytes) await refuseExcess(ctx, upload);
  const raw = size === null ? null : await ctx.services.store.get(upload.objectKey);
  if (raw === null) {
    const winner = await finishedMeanwhile(ctx, upload);
    if (winner !== null) return winner;
    throw new AppError("UPLOAD_NOT_FOUND", { field: "uploadId" });
  }
  return keep(ctx, { ...upload, storedBytes: raw.byteLength }, await decode(ctx, upload, raw));
}

/**
 * Not every bucket holds a sender to the length that was signed: more than was declared is thrown
 * away unread.
 */
async function refuseExcess(ctx: CallerContext, upload: UploadRow): Promise<void> {
  await refuse(ctx, upload, "FILE_TOO_LARGE");
  await ctx.services.store.delete(upload.objectKey);
  throw new AppError("FILE_TOO_LARGE", { field: "uploadId" });
}

async function refuse(
  ctx: CallerContext,
  upload: UploadRow,
  refusal: NonNullable<UploadRow["refusal"]>,
): Promise<void> {
  await ctx.services.db
    .update(uploads)
    .set({ refusal })
    .where(and(eq(uploads.id, upload.id), isNull(uploads.assetId)));
}

async function decode(
  ctx: CallerContext,
  upload: UploadRow,
  raw: Uint8Array,
): Promise<DecodedUpload> {
  try {
    const { kind, contentType } = upload;
    return await ctx.services.imaging.decodeUpload(raw, { kind, contentType });
  } catch (thrown) {
    if (!(thrown instanceof ImageError)) throw thrown;
    await refuse(ctx, upload, thrown.code);
    throw new AppError(thrown.code, { field: "uploadId", cause: thrown });
  }
}

/**
 * Objects first, then the row; their erasure is planned before either, so that a process that dies
 * in between leaves nothing for ever. Of two calls at once the first wins and both answer with it.
 */
async function keep(
  ctx: CallerContext,
  upload: UploadRow,
  decoded: DecodedUpload,
): Promise<AssetRow> {
  const row = newAsset(ctx, upload, decoded);
  await putAsset(ctx, row, decoded);
  if (await take(ctx, upload, row)) {
    await eraseRaw(ctx, upload.objectKey);
    return row;
  }
  const winner = await finishedMeanwhile(ctx, upload);
  if (winner === null) throw new Error(`upload ${upload.id} was taken but has no asset`);
  return winner;
}

function newAsset(ctx: CallerContext, upload: UploadRow, decoded: DecodedUpload): AssetRow {
  const { newId, now, randomBytes } = ctx.services;
  const sha256 = sha256Hex(decoded.png);
  return {
    id: newId(),
    ownerId: ctx.ownerId,
    kind: upload.kind,
    width: decoded.width,
    height: decoded.height,
    contentType: "image/png",
    bytes: decoded.png.byteLength,
    sha256,
    ...assetKeys(randomBytes, { sha256, previewSha256: sha256Hex(decoded.preview) }),
    maskBounds: decoded.mask?.bounds ?? null,
    maskCoverage: decoded.mask?.coverage ?? null,
    ...assetMoments(now()),
  };
}

/** Makes the asset the upload's, keeps its objects and plans the raw bytes' end. False = too late. */
async function take(ctx: CallerContext, upload: UploadRow, row: AssetRow): Promise<boolean> {
  return ctx.services.db.transaction(async (tx) => {
    const [open] = await tx
      .select({ assetId: uploads.assetId })
      .from(uploads)
      .where(eq(uploads.id, upload.id))
      .for("update");
    if (open === undefined || open.assetId !== null) return false;
    await tx.insert(assets).values(row);
    // A bucket tells nobody of a PUT into it: this is the first we know of the bytes.
    const arrival = { storedAt: upload.storedAt ?? row.createdAt, storedBytes: upload.storedBytes };
    await tx
      .update(uploads)
      .set({ assetId: row.id, ...arrival })
      .where(eq(uploads.id, upload.id));
    await keepObjects(tx, row);
    await tx
      .insert(objectErasures)
      .values({ objectKey: upload.objectKey, dueAt: row.createdAt })
      .onConflictDoNothing();
    return true;
  });
}

/** At once when it can be; the planned erasure is the backstop. */
async function eraseRaw(ctx: CallerContext, objectKey: string): Promise<void> {
  const { db, store, log } = ctx.services;
  try {
    await store.delete(objectKey);
    await db.delete(objectErasures).where(eq(objectErasures.objectKey, objectKey));
  } catch (cause) {
    log.warn("upload.rawNotErased", { cause });
  }
}

async function finishedMeanwhile(ctx: CallerContext, upload: UploadRow): Promise<AssetRow | null> {
  const now = await ctx.services.db.query.uploads.findFirst({ where: eq(uploads.id, upload.id) });
  return now?.assetId == null ? null : readAsset(ctx, now.assetId);
}
