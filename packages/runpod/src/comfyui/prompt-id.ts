import { createHash } from "node:crypto";

/**
 * The id under which an attempt is queued: a UUID that its file prefix alone decides, so that an
 * attempt whose answer was lost can be asked for, also by another process.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
 */
export function promptIdOf(filePrefix: string): string {
  const bytes = createHash("sha256").update(`prompt of ${filePrefix}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whether `id` is a canonical lower-case UUID, the only kind newer ComfyUI takes. */
export function isPromptId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}
