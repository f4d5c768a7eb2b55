import type { CanvasPlan } from "@ob/workflow/canvas";
import { checkPlan } from "./check-plan.ts";
import { decodeMaskAt } from "./decode-mask-at.ts";
import { decodePixels, fromPixels, toPixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";
import { scaleForModel, scaleMaskForModel } from "./working-copy.ts";

/** A stored original, its mask (null: the whole picture) and where they lie on the canvas. */
export interface PrepareRequest {
  original: Uint8Array;
  mask: Uint8Array | null;
  plan: CanvasPlan;
  /** Room for both files together once in base64, bytes. */
  maxBodyBytes: number;
}

/** What the model is sent, both of exactly the canvas size. */
export interface PreparedInputs {
  /** RGB, never with alpha or metadata. */
  image: { bytes: Uint8Array; extension: "png" | "jpg" };
  /** Grey; 0 = keep, also on the padding. Null without a mask. */
  mask: { bytes: Uint8Array; extension: "png" } | null;
}

/**
 * Makes the working copies: cropped, scaled without distortion, padded by repeating the edge. Lossless while the body
 * fits, else JPEG 4:4:4 at quality 95.
 * @throws {ImageError} when a stored picture cannot be decoded.
 */
export async function prepareInputs(
  request: PrepareRequest,
  pool: PixelPool,
): Promise<PreparedInputs> {
  const { plan } = request;
  const [image, mask] = await Promise.all([imageCanvas(request), maskCanvas(request, pool)]);
  const [png, maskPng] = await Promise.all([
    encodePng(image, pool),
    mask ? encodePng(mask, pool) : null,
  ]);
  const maskFile = maskPng ? { bytes: maskPng, extension: "png" as const } : null;
  const room = request.maxBodyBytes - (maskPng ? base64Length(maskPng) : 0);
  if (base64Length(png) <= room) return { image: { bytes: png, extension: "png" }, mask: maskFile };
  const jpeg = await fromPixels(image).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
  if (base64Length(jpeg) > room) {
    throw new Error(`A ${plan.canvas.width}x${plan.canvas.height} canvas does not fit the body`);
  }
  return { image: { bytes: new Uint8Array(jpeg), extension: "jpg" }, mask: maskFile };
}

async function imageCanvas({ original, plan }: PrepareRequest): Promise<Pixels> {
  const pixels = await decodePixels(original);
  checkPlan(plan, pixels);
  const scaled = await scaleForModel(pixels, plan);
  if (!isPadded(plan)) return scaled;
  return toPixels(
    fromPixels(scaled)
      .extend({ ...plan.pad, extendWith: "copy" })
      .raw(),
    "padding failed",
  );
}

async function maskCanvas(request: PrepareRequest, pool: PixelPool): Promise<Pixels | null> {
  const { mask, plan } = request;
  if (!mask) return null;
  const scaled = await scaleMaskForModel(await decodeMaskAt(mask, plan.source, pool), plan);
  if (!isPadded(plan)) return scaled;
  const padded = fromPixels(scaled).extend({ ...plan.pad, background: "#000000" });
  return toPixels(padded.toColourspace("b-w").raw(), "padding failed");
}

function isPadded({ pad }: CanvasPlan): boolean {
  return pad.left + pad.top + pad.right + pad.bottom > 0;
}

function base64Length(bytes: Uint8Array): number {
  return Math.ceil(bytes.byteLength / 3) * 4;
}
