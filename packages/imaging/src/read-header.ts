import { ImageError } from "./image-error.ts";
import { MAX_PIXELS, MAX_UPLOAD_BYTES } from "./limits.ts";
import { type PictureType, sniffPicture } from "./sniff-picture.ts";
import sharp from "sharp";

/** What the header says, before any pixel is decoded. */
export interface PictureHeader {
  type: PictureType;
  /** Upright, pixels. */
  width: number;
  height: number;
}

/**
 * Checks type, bytes and pixels from the header alone, so that a bomb costs nothing.
 * @throws {ImageError} every code: too large, too many pixels, another type, or unreadable.
 */
export async function readHeader(bytes: Uint8Array): Promise<PictureHeader> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) {
    throw new ImageError("FILE_TOO_LARGE", `${bytes.byteLength} bytes`);
  }
  const sniffed = sniffPicture(bytes);
  if (sniffed.kind === "unsupported") throw new ImageError("IMAGE_TYPE_UNSUPPORTED", sniffed.what);
  if (sniffed.kind === "unknown") throw new ImageError("IMAGE_UNREADABLE", "not a picture");
  const { autoOrient, pages } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new ImageError("IMAGE_UNREADABLE", "header cannot be read", { cause });
    });
  if ((pages ?? 1) > 1) throw new ImageError("IMAGE_TYPE_UNSUPPORTED", "more than one frame");
  const { width, height } = autoOrient;
  if (width * height > MAX_PIXELS) {
    throw new ImageError("IMAGE_TOO_MANY_PIXELS", `${width} by ${height} pixels`);
  }
  return { type: sniffed.type, width, height };
}
