/** Types of pictures we take from a GPU side. */
export type PictureType = "image/png" | "image/jpeg" | "image/webp";

/** How many bytes `pictureType` looks at. */
export const PICTURE_TYPE_BYTES = 12;

/** Tells a PNG, JPEG or WebP by its first bytes; `null` when it is none of them. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  const hex = Buffer.from(bytes.subarray(0, PICTURE_TYPE_BYTES)).toString("hex");
  if (hex.startsWith("89504e470d0a1a0a")) return "image/png";
  if (hex.startsWith("ffd8ff")) return "image/jpeg";
  // RIFF, four bytes of length, WEBP.
  if (/^52494646.{8}57454250/.test(hex)) return "image/webp";
  return null;
}
