import { uploads } from "@ob/db";
import { eq } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

/** What the PUT route must know; its signature has already shown that the caller may write. */
export interface OpenUpload {
  readonly objectKey: string;
  readonly contentType: string;
  readonly declaredBytes: number;
}

/** Null = no such upload, its time is over, a PUT has already succeeded, or it is finished. */
export async function findOpenUpload(
  services: ServiceContext,
  uploadId: string,
): Promise<OpenUpload | null> {
  const row = await services.db.query.uploads.findFirst({ where: eq(uploads.id, uploadId) });
  if (row === undefined || row.storedAt !== null || row.expiresAt <= services.now()) return null;
  // A PUT whose process died before it was marked may have been finished all the same.
  if (row.assetId !== null || row.refusal !== null) return null;
  return {
    objectKey: row.objectKey,
    contentType: row.contentType,
    declaredBytes: row.declaredBytes,
  };
}
