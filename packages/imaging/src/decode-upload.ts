import { decodePixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { ImageError } from "./image-error.ts";
import type { Bounds } from "./loops/read-mask.ts";
import { makePreview } from "./make-preview.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";
import { readHeader } from "./read-header.ts";

/** What the caller says the upload is. */
export interface DecodeUploadOptions {
  kind: "image" | "mask";
  /** As claimed. Must be one of the three types; which of the three is told from the bytes, as files are misnamed. */
  contentType: string;
}

/** An upload made safe: re-encoded from its pixels, nothing else of the file survives. */
export interface DecodedUpload {
  /** Lossless, upright, 8-bit: sRGB RGB or RGBA for an image, grey for a mask. */
  png: Uint8Array;
  /** WebP, at most 1024 px a side. */
  preview: Uint8Array;
  width: number;
  height: number;
  /** Where a mask paints (`bounds` null when it is empty) and the share of its pixels above 0; null for an image. */
  mask: { bounds: Bounds | null; coverage: number } | null;
}

const CLAIMS = new Set(["image/jpeg", "image/png", "image/webp"]);

/**
 * Decodes a JPEG, PNG or WebP upload strictly; everything else is refused.
 * @throws {ImageError} with the code for the caller.
 */
export async function decodeUpload(
  bytes: Uint8Array,
  options: DecodeUploadOptions,
  pool: PixelPool,
): Promise<DecodedUpload> {
  const claim = options.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!CLAIMS.has(claim)) throw new ImageError("IMAGE_TYPE_UNSUPPORTED", `claimed ${claim}`);
  const { type } = await readHeader(bytes);
  return options.kind === "mask" ? decodeMask(bytes, type, pool) : decodeImage(bytes, pool);
}

async function decodeImage(bytes: Uint8Array, pool: PixelPool): Promise<DecodedUpload> {
  const pixels = await decodePixels(bytes);
  return { ...(await store(pixels, pool)), mask: null };
}

async function decodeMask(bytes: Uint8Array, type: string, pool: PixelPool) {
  // JPEG rings around edges: what the user kept would no longer be exactly 0.
  if (type === "image/jpeg") throw new ImageError("IMAGE_TYPE_UNSUPPORTED", "JPEG mask");
  const pixels = await decodePixels(bytes, { ignoreIcc: true });
  const { levels, bounds, coverage } = await pool.run("readMask", { pixels });
  return { ...(await store(levels, pool)), mask: { bounds, coverage } };
}

async function store(pixels: Pixels, pool: PixelPool) {
  const [png, preview] = await Promise.all([encodePng(pixels, pool), makePreview(pixels)]);
  return { png, preview, width: pixels.width, height: pixels.height };
}
