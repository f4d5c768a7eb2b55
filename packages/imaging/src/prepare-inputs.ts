import type { CanvasPlan } from "@ob/workflow/canvas";
import { checkPlan, checkSource } from "./check-plan.ts";
import { decodePixels, fromPixels, toPixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { fitBody, type InputFile } from "./fit-body.ts";
import { hasMargins, layOutMask, layOutSource } from "./lay-out.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";
import { scaleExtra } from "./scale-extra.ts";
import { fillMargins, scaleForModel, scaleMaskForModel } from "./working-copy.ts";

/** A stored original, its mask (null: nothing painted), further pictures, and where they lie on the canvas. */
export interface PrepareRequest {
  original: Uint8Array;
  /** Read the stored pictures the instruction names besides the first, in its order; each when it is its turn. */
  extras: readonly (() => Promise<Uint8Array>)[];
  mask: Uint8Array | null;
  plan: CanvasPlan;
  /** Room for all files together once in base64, bytes. */
  maxBodyBytes: number;
}

/** What the model is sent. */
export interface PreparedInputs {
  /** RGB, never with alpha or metadata: first the canvas, of exactly its size, then the extras at about one megapixel. */
  images: readonly InputFile[];
  /** Grey, of exactly the canvas size; 0 = keep. Null when everything is the model's. */
  mask: { bytes: Uint8Array; extension: "png" } | null;
}

/** ComfyUI pads with half grey for outpainting; an 8-bit file has no 127.5. @see ComfyUI nodes.py, ImagePadForOutpaint */
const MARGIN_GREY = 128;

/**
 * Makes the working copies: laid out with its margins, cropped, scaled without distortion, padded by repeating the
 * edge. Lossless while the body fits, else JPEG 4:4:4 at quality 95, the extras first.
 * @throws {ImageError} when a stored picture cannot be decoded.
 */
export async function prepareInputs(
  request: PrepareRequest,
  pool: PixelPool,
): Promise<PreparedInputs> {
  checkPlan(request.plan);
  const mask = await maskCanvas(request, pool);
  const canvas = await imageCanvas(request, pool);
  const extras: Pixels[] = [];
  // One after the other: each may be a whole 40 MP original for a while, as a file and as pixels.
  for (const read of request.extras) extras.push(await scaleExtra(await read()));
  const maskPng = mask ? await encodePng(mask, pool) : null;
  const fixed = maskPng ? [maskPng] : [];
  const images = await fitBody(
    { pictures: [canvas, ...extras], fixed, maxBodyBytes: request.maxBodyBytes },
    pool,
  );
  return { images, mask: maskPng ? { bytes: maskPng, extension: "png" } : null };
}

async function imageCanvas(request: PrepareRequest, pool: PixelPool): Promise<Pixels> {
  const { plan } = request;
  const original = await decodePixels(request.original);
  checkSource(plan, original);
  const scaled = await scaleForModel(await layOutSource(original, plan, pool), plan);
  if (hasMargins(plan)) await fillMargins(scaled, { plan, value: MARGIN_GREY }, pool);
  return isPadded(plan) ? padByEdge(fromPixels(scaled), plan) : scaled;
}

/** The padding goes with what it touches: a kept strip beside a painted edge would tell the model what stood there. */
async function maskCanvas(request: PrepareRequest, pool: PixelPool): Promise<Pixels | null> {
  const { mask, plan } = request;
  const laidOut = await layOutMask(mask, plan, pool);
  if (!laidOut) return null;
  const scaled = await scaleMaskForModel(laidOut, plan);
  return isPadded(plan) ? padByEdge(fromPixels(scaled).toColourspace("b-w"), plan) : scaled;
}

function padByEdge(picture: ReturnType<typeof fromPixels>, { pad }: CanvasPlan): Promise<Pixels> {
  return toPixels(picture.extend({ ...pad, extendWith: "copy" }).raw(), "padding failed");
}

function isPadded({ pad }: CanvasPlan): boolean {
  return pad.left + pad.top + pad.right + pad.bottom > 0;
}
