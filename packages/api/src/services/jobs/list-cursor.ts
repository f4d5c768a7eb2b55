import { z } from "zod";
import { AppError } from "../../domain/app-error.ts";

/** As `Date` writes it. PostgreSQL knows no year 0, and no job is older than the studio. */
const CreatedAt = z.iso.datetime().regex(/^2\d{3}-/);
const Cursor = z.tuple([CreatedAt, z.uuid()]);

/** An opaque place in the list, after this job. */
export function encodeCursor(job: { createdAt: string; id: string }): string {
  return Buffer.from(JSON.stringify([job.createdAt, job.id])).toString("base64url");
}

/** Reads a place we gave out. @throws {AppError} INPUT_INVALID */
export function decodeCursor(cursor: string): { createdAt: string; id: string } {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (!parsed.success) throw new AppError("INPUT_INVALID", { field: "cursor" });
  const [createdAt, id] = parsed.data;
  return { createdAt, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
