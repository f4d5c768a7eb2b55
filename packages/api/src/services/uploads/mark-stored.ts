import { uploads } from "@ob/db";
import { and, eq, isNull } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** Closes the PUT target after its one success. False = another PUT was first. */
export async function markStored(
  services: ServiceContext,
  upload: { uploadId: string; bytes: number },
): Promise<boolean> {
  const rows = await services.db
    .update(uploads)
    .set({ storedAt: services.now(), storedBytes: upload.bytes })
    .where(and(eq(uploads.id, upload.uploadId), isNull(uploads.storedAt)))
    .returning({ id: uploads.id });
  return rows.length === 1;
}
