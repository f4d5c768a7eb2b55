import { assets, jobs, owners, results } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import type { Asset } from "../../contract/upload.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { assetView } from "./asset-view.ts";
import { assetKeys, assetMoments, keepObjects, putAsset } from "./put-asset.ts";
import type { AssetRow } from "./read-asset.ts";
import { takeUpload } from "./take-upload.ts";

type ResultRow = typeof results.$inferSelect;

/**
 * Makes the delivered picture of a done job a picture to work on, without its bytes leaving us. The
 * copy has a life of its own: deleting the job leaves it, deleting it leaves the job.
 * @throws {AppError} JOB_NOT_FOUND (foreign or erased too); INPUT_INVALID on `jobId` while the job
 *   has no result; RATE_LIMITED
 */
export async function assetFromResult(
  ctx: CallerContext,
  { jobId }: { jobId: string },
): Promise<Asset> {
  const result = await findResult(ctx, jobId);
  await takeUpload(ctx);
  const { store } = ctx.services;
  const [png, preview] = await Promise.all([
    store.get(result.objectKey),
    store.get(result.previewKey),
  ]);
  if (png === null || preview === null) return gone(ctx, jobId);
  const row = newAsset(ctx, result, sha256Hex(preview));
  await putAsset(ctx, row, { png, preview });
  await keep(ctx, jobId, row);
  return assetView(ctx, row);
}

async function findResult(ctx: CallerContext, jobId: string): Promise<ResultRow> {
  const [found] = await ctx.services.db
    .select({ result: results })
    .from(jobs)
    .leftJoin(results, and(eq(results.jobId, jobs.id), isNull(results.erasedAt)))
    .where(and(eq(jobs.id, jobId), eq(jobs.ownerId, ctx.ownerId), isNull(jobs.erasedAt)));
  if (found === undefined) throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
  if (found.result === null) throw new AppError("INPUT_INVALID", { field: "jobId" });
  return found.result;
}

/** Erased between our two looks, or a defect of the store. @throws always */
async function gone(ctx: CallerContext, jobId: string): Promise<never> {
  await findResult(ctx, jobId);
  throw new Error(`the result of job ${jobId} is not in the store`);
}

function newAsset(ctx: CallerContext, result: ResultRow, previewSha256: string): AssetRow {
  const { newId, now, randomBytes } = ctx.services;
  const { width, height, contentType, bytes, sha256 } = result;
  return {
    id: newId(),
    ownerId: ctx.ownerId,
    kind: "image",
    width,
    height,
    contentType,
    bytes,
    sha256,
    ...assetKeys(randomBytes, { sha256, previewSha256 }),
    maskBounds: null,
    maskCoverage: null,
    ...assetMoments(now()),
  };
}

/** Under the owner's lock, as erasing is: who deleted the job meanwhile gets no copy of it back. */
async function keep(ctx: CallerContext, jobId: string, row: AssetRow): Promise<void> {
  await ctx.services.db.transaction(async (tx) => {
    await tx.select().from(owners).where(eq(owners.id, ctx.ownerId)).for("no key update");
    const [job] = await tx.select({ erasedAt: jobs.erasedAt }).from(jobs).where(eq(jobs.id, jobId));
    if (job === undefined || job.erasedAt !== null) {
      throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
    }
    await tx.insert(assets).values(row);
    await keepObjects(tx, row);
  });
}
