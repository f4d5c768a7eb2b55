import { gpuIncidents } from "@ob/db";
import { desc, inArray, lt } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

const KEPT_MS = 30 * 24 * 60 * 60_000;
/** Each is a few KB, and at most 128 KiB by a rule of the table: 640 MB if all were as large as can be. */
const MAX_KEPT = 5_000;

/** Deletes incidents older than 30 days, and the oldest beyond 5,000. */
export async function sweepIncidents(
  { db, now }: Pick<ServiceContext, "db" | "now">,
  { maxKept = MAX_KEPT }: { readonly maxKept?: number } = {},
): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  await db.delete(gpuIncidents).where(lt(gpuIncidents.lastAt, before));
  const beyond = db
    .select({ id: gpuIncidents.id })
    .from(gpuIncidents)
    .orderBy(desc(gpuIncidents.lastAt), desc(gpuIncidents.id))
    .offset(maxKept);
  await db.delete(gpuIncidents).where(inArray(gpuIncidents.id, beyond));
}
