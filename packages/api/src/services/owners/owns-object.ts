import { assets, jobs, results } from "@ob/db";
import { and, eq, isNull, or } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** Whether a stored, not erased object (asset, result or a preview of one) is this owner's. */
export async function ownsObject(
  services: ServiceContext,
  request: { ownerId: string; key: string },
): Promise<boolean> {
  const { ownerId, key } = request;
  const asset = await services.db
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        eq(assets.ownerId, ownerId),
        isNull(assets.erasedAt),
        or(eq(assets.objectKey, key), eq(assets.previewKey, key)),
      ),
    )
    .limit(1);
  if (asset.length === 1) return true;
  const result = await services.db
    .select({ jobId: results.jobId })
    .from(results)
    .innerJoin(jobs, eq(jobs.id, results.jobId))
    .where(
      and(
        eq(jobs.ownerId, ownerId),
        isNull(results.erasedAt),
        or(eq(results.objectKey, key), eq(results.previewKey, key)),
      ),
    )
    .limit(1);
  return result.length === 1;
}
