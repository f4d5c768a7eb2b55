import { uploads } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/**
 * Closes the PUT target after its one success. False = another PUT was first; should the upload be
 * finished already, nobody would come for these bytes any more, and they go at once.
 */
export async function markStored(
  services: ServiceContext,
  upload: { uploadId: string; bytes: number },
): Promise<boolean> {
  const { db, store } = services;
  const open = and(eq(uploads.id, upload.uploadId), isNull(uploads.assetId));
  const marked = await db
    .update(uploads)
    .set({ storedAt: services.now(), storedBytes: upload.bytes })
    .where(and(open, isNull(uploads.storedAt)))
    .returning({ id: uploads.id });
  if (marked.length === 1) return true;
  const row = await db.query.uploads.findFirst({ where: eq(uploads.id, upload.uploadId) });
  if (row?.assetId != null) await store.delete(row.objectKey);
  return false;
}
