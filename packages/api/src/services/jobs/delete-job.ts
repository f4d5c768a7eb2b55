import {
  assets,
  type Db,
  jobEraseV2,
  jobPictures,
  jobs,
  objectErasures,
  promptRewrites,
  results,
} from "@ob/db";
import { and, eq, gt, inArray, or } from "drizzle-orm";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { rewriteKey } from "../rewriting/rewrite-key.ts";
import { eraseObjects } from "../sweeps/erase-objects.ts";

/**
 * Erases an ended job of the caller: words and pictures go, money rows stay.
 * @throws {AppError} JOB_NOT_FOUND; INPUT_INVALID on `jobId` while the job has not ended: cancel it first
 */
export async function deleteJob(
  ctx: CallerContext,
  { jobId }: { jobId: string },
): Promise<Record<string, never>> {
  const { services, ownerId } = ctx;
  const rewrite = await rewriteOf(ctx, jobId);
  const outcome = await jobEraseV2(services.sql, { jobId, ownerId, now: services.now() });
  switch (outcome) {
    case "not-found":
      throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
    case "not-terminal":
      throw new AppError("INPUT_INVALID", { field: "jobId" });
    case "erased":
      services.log.info("job.erased", { jobId, ownerId });
      // The rows say what is to go; what fails now, the sweeps finish.
      await eraseNow(ctx, jobId).catch((cause: unknown) =>
        services.log.warn("objects.erase-failed", { cause }),
      );
      await forgetRewrite(ctx, rewrite).catch((cause: unknown) =>
        services.log.warn("rewrite.erase-failed", { cause }),
      );
      return {};
  }
}

/** Under which key the job's words may still be kept for a quote; null = none of the caller's. */
async function rewriteOf({ services, ownerId }: CallerContext, jobId: string) {
  const rows = await services.db
    .select({ serviceVersion: jobs.serviceVersion, input: jobs.input })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.ownerId, ownerId)));
  const [job] = rows;
  if (job === undefined || job.input === null) return null;
  return rewriteKey({ ownerId, serviceVersion: job.serviceVersion, input: job.input });
}

async function forgetRewrite({ services }: CallerContext, key: string | null): Promise<void> {
  if (key === null) return;
  await services.db.delete(promptRewrites).where(eq(promptRewrites.key, key));
}

/** Erases the job's own objects; an erasure planned for later, from before a delivery, is due now. */
async function eraseNow({ services }: CallerContext, jobId: string): Promise<void> {
  const { db, now } = services;
  const keys = await objectsOf(db, jobId);
  await db
    .update(objectErasures)
    .set({ dueAt: now() })
    .where(and(gt(objectErasures.dueAt, now()), inArray(objectErasures.objectKey, keys)));
  await eraseObjects(services, { limit: keys.length, keys });
}

/** Keys of a job's pictures and result, with their previews. */
async function objectsOf(db: Db, jobId: string): Promise<string[]> {
  const ofResult = await db
    .select({ objectKey: results.objectKey, previewKey: results.previewKey })
    .from(results)
    .where(eq(results.jobId, jobId));
  const ofAssets = await db
    .select({ objectKey: assets.objectKey, previewKey: assets.previewKey })
    .from(jobs)
    .innerJoin(assets, or(eq(assets.id, jobs.imageAssetId), eq(assets.id, jobs.maskAssetId)))
    .where(eq(jobs.id, jobId));
  const ofExtras = await db
    .select({ objectKey: assets.objectKey, previewKey: assets.previewKey })
    .from(jobPictures)
    .innerJoin(assets, eq(assets.id, jobPictures.assetId))
    .where(eq(jobPictures.jobId, jobId));
  return [...ofResult, ...ofAssets, ...ofExtras].flatMap((row) => Object.values(row));
}
