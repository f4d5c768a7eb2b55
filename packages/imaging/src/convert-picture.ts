import { openPicture } from "./decode-pixels.ts";
import { ImageError } from "./image-error.ts";
import { MAX_SIDE_PX } from "./limits.ts";

/** What a download may be asked as. */
export type PictureFormat = "png" | "jpeg" | "webp";

/**
 * Turns one of our own PNGs into another format, without metadata. PNG is given back as it is; JPEG is 4:4:4 at quality
 * 92 with transparency on white; WebP keeps alpha at quality 92. Null = the format has no room for a side this long.
 * @throws {ImageError} IMAGE_UNREADABLE when `png` cannot be decoded.
 */
export async function convertPicture(
  png: Uint8Array,
  format: PictureFormat,
): Promise<Uint8Array | null> {
  if (format === "png") return png;
  const picture = openPicture(png);
  const { width, height } = await picture.metadata().catch(unreadable);
  if (Math.max(width, height) > MAX_SIDE_PX[format]) return null;
  const encoder =
    format === "jpeg"
      ? picture.flatten({ background: "#ffffff" }).jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
      : picture.webp({ quality: 92, effort: 2 });
  const bytes = await encoder.toBuffer().catch(unreadable);
  return new Uint8Array(bytes);
}

function unreadable(cause: unknown): never {
  throw new ImageError("IMAGE_UNREADABLE", "stored picture cannot be decoded", { cause });
}
