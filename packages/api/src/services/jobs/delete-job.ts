import { jobEraseV1, objectErasures, results } from "@ob/db";
import { and, eq, gt, inArray, or } from "drizzle-orm";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
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
  const outcome = await jobEraseV1(services.sql, { jobId, ownerId, now: services.now() });
  switch (outcome) {
    case "not-found":
      throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
    case "not-terminal":
      throw new AppError("INPUT_INVALID", { field: "jobId" });
    case "erased":
      services.log.info("job.erased", { jobId, ownerId });
      await hastenErasure(ctx, jobId);
      // The rows say what is to go; what fails now, the sweep finishes.
      await eraseObjects(services, { limit: 16 }).catch((cause: unknown) =>
        services.log.warn("objects.erase-failed", { cause }),
      );
      return {};
  }
}

/** A result's erasure may stand planned for later, from before it was delivered; now is the time. */
async function hastenErasure({ services }: CallerContext, jobId: string): Promise<void> {
  const { db } = services;
  const dueAt = services.now();
  const ofJob = eq(results.jobId, jobId);
  const keys = db.select({ key: results.objectKey }).from(results).where(ofJob);
  const previews = db.select({ key: results.previewKey }).from(results).where(ofJob);
  await db
    .update(objectErasures)
    .set({ dueAt })
    .where(
      and(
        gt(objectErasures.dueAt, dueAt),
        or(inArray(objectErasures.objectKey, keys), inArray(objectErasures.objectKey, previews)),
      ),
    );
}
