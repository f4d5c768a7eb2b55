import { uploads } from "@ob/db";
import type { CreateUploadInput, UploadTicket } from "../../contract/upload.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { CONTENT_TYPES, UPLOAD_LIMITS } from "./limits.ts";
import { takeUpload } from "./take-upload.ts";

/**
 * Promises a place for the bytes of one picture: a PUT target good for ten minutes and one success.
 * @throws {AppError} IMAGE_TYPE_UNSUPPORTED, FILE_TOO_LARGE, IMAGE_UNREADABLE (0 bytes), RATE_LIMITED
 */
export async function createUpload(
  ctx: CallerContext,
  input: CreateUploadInput,
): Promise<UploadTicket> {
  const { services } = ctx;
  const contentType = checkDeclaration(input);
  const now = services.now();
  await takeUpload(ctx);

  const uploadId = services.newId();
  const objectKey = `raw/${Buffer.from(services.randomBytes(16)).toString("hex")}`;
  const expiresAt = new Date(now.getTime() + UPLOAD_LIMITS.openMs);
  await services.db.insert(uploads).values({
    id: uploadId,
    ownerId: ctx.ownerId,
    kind: input.kind,
    contentType,
    declaredBytes: input.bytes,
    objectKey,
    expiresAt,
    createdAt: now,
  });
  const target = await services.store.presignPut({
    key: objectKey,
    uploadId,
    contentType,
    bytes: input.bytes,
    expiresAt,
    origin: ctx.origin,
  });
  return { uploadId, method: "PUT", ...target, expiresAt: expiresAt.toISOString() };
}

/** The content type in its one written form. */
function checkDeclaration(input: CreateUploadInput): string {
  const contentType = input.contentType.trim().toLowerCase();
  const allowed: readonly string[] = CONTENT_TYPES[input.kind];
  if (!allowed.includes(contentType)) {
    throw new AppError("IMAGE_TYPE_UNSUPPORTED", { field: "contentType" });
  }
  if (input.bytes > UPLOAD_LIMITS.maxBytes) {
    throw new AppError("FILE_TOO_LARGE", { field: "bytes" });
  }
  if (input.bytes === 0) throw new AppError("IMAGE_UNREADABLE", { field: "bytes" });
  return contentType;
}
