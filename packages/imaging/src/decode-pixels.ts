import sharp, { type Sharp } from "sharp";
import { ImageError } from "./image-error.ts";
import { DECODE_TIMEOUT_SECONDS, MAX_PIXELS } from "./limits.ts";
import { copyToShared, type Pixels } from "./pixels.ts";

/** How to read the samples. */
export interface DecodeOptions {
  /** A mask's numbers are the message: no profile may bend them. */
  ignoreIcc?: boolean;
}

/**
 * Opens picture bytes with every guard on: damaged data is an error, not grey rows; pixels, channels and time are
 * capped; EXIF orientation applied.
 */
export function openPicture(bytes: Uint8Array, options: DecodeOptions = {}): Sharp {
  return sharp(bytes, {
    failOn: "error",
    limitInputPixels: MAX_PIXELS,
    limitInputChannels: 5,
    autoOrient: true,
    ignoreIcc: options.ignoreIcc ?? false,
  }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
}

/**
 * Decodes to upright 8-bit sRGB, RGB or RGBA.
 * @throws {ImageError} IMAGE_UNREADABLE when the data is damaged or takes too long.
 */
export async function decodePixels(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Promise<Pixels> {
  const pipeline = openPicture(bytes, options).toColourspace("srgb").raw({ depth: "uchar" });
  return toPixels(pipeline, "picture data cannot be decoded");
}

/** Runs a pipeline that ends in `raw()`, into shared memory. @throws {ImageError} IMAGE_UNREADABLE with `problem`. */
export async function toPixels(pipeline: Sharp, problem: string): Promise<Pixels> {
  const { data, info } = await pipeline
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new ImageError("IMAGE_UNREADABLE", problem, { cause });
    });
  const { width, height, channels } = info;
  if (channels === 2) throw new ImageError("IMAGE_UNREADABLE", "two channels after decoding");
  return { data: await copyToShared(data), width, height, channels };
}

/** Reads shared pixels into a new pipeline, without a copy. */
export function fromPixels(pixels: Pixels): Sharp {
  const { width, height, channels } = pixels;
  return sharp(pixels.data, { raw: { width, height, channels }, limitInputPixels: false });
}
