import type { CanvasPlan } from "@ob/workflow/canvas";
import { checkPlan } from "./check-plan.ts";
import { decodeMaskAt } from "./decode-mask-at.ts";
import { decodePixels, fromPixels, toPixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { hashBytes } from "./hash-bytes.ts";
import { ImageError } from "./image-error.ts";
import { MAX_SHAPE_ERROR } from "./limits.ts";
import { IN_PLACE, meanDisplacement, type Alignment } from "./loops/alignment.ts";
import { makePreview } from "./make-preview.ts";
import { measureFidelity, type Fidelity } from "./measure-fidelity.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { featherMask, pasteBack } from "./paste-back.ts";
import type { Pixels } from "./pixels.ts";
import { readHeader } from "./read-header.ts";
import { scaleForModel, scaleMaskForModel } from "./working-copy.ts";

/** A stored original with its mask (null: the whole picture), and what the model answered. */
export interface FinishRequest {
  original: Uint8Array;
  mask: Uint8Array | null;
  modelOutput: Uint8Array;
  plan: CanvasPlan;
}

/** The picture to deliver, with what was measured on it. */
export interface FinishedResult {
  /** 8-bit RGB, or RGBA when the original has alpha; of the plan's output size. */
  png: Uint8Array;
  /** WebP, at most 1024 px a side. */
  preview: Uint8Array;
  width: number;
  height: number;
  /** Of `png`, hex. */
  sha256: string;
  fidelity: Fidelity;
}

/**
 * Finds and undoes the model's shift and zoom, lays its picture over the original through the feathered mask, encodes,
 * and measures the encoded file against the original.
 * @throws {ImageError} when the output cannot be decoded, or has another shape than the canvas.
 */
export async function finishResult(
  request: FinishRequest,
  pool: PixelPool,
): Promise<FinishedResult> {
  const { plan } = request;
  const [original, mask, output] = await Promise.all([
    decodePixels(request.original),
    request.mask ? decodeMaskAt(request.mask, plan.source, pool) : null,
    decodeModelOutput(request.modelOutput),
  ]);
  checkPlan(plan, original);
  const model = await fitCanvas(output, plan);
  const before = await scaleForModel(original, plan);
  const workingMask = mask ? await scaleMaskForModel(mask, plan) : null;
  const [alignment, weights] = await Promise.all([
    workingMask ? align({ before, model, workingMask, plan }, pool) : null,
    mask ? featherMask(mask, plan.mask?.featherPx ?? 0, pool) : null,
  ]);
  const pasted = await pasteBack(
    { original, weights, model, plan, alignment: alignment ?? IN_PLACE },
    pool,
  );
  const png = await encodePng(pasted, pool);
  const [delivered, preview, sha256] = await Promise.all([
    decodePixels(png),
    makePreview(pasted),
    hashBytes(png),
  ]);
  const measured = { original, delivered, mask, before, workingMask, plan };
  const fidelity = await measureFidelity(measured, pool);
  const shiftPx = alignment ? shiftInSource(alignment, plan) : null;
  const { width, height } = delivered;
  return { png, preview, width, height, sha256, fidelity: { ...fidelity, shiftPx } };
}

async function decodeModelOutput(bytes: Uint8Array): Promise<Pixels> {
  await readHeader(bytes);
  return decodePixels(bytes);
}

/** Any size of the canvas's shape is taken and brought to the canvas; alpha lies on black, as the model knows none. */
async function fitCanvas(output: Pixels, { canvas }: CanvasPlan): Promise<Pixels> {
  const { width, height } = canvas;
  const shapeError = Math.abs((output.width * height) / (output.height * width) - 1);
  if (shapeError > MAX_SHAPE_ERROR) {
    const sizes = `${output.width}x${output.height} for a canvas of ${width}x${height}`;
    throw new ImageError("IMAGE_UNREADABLE", `model output has another shape: ${sizes}`);
  }
  if (output.channels === 3 && output.width === width && output.height === height) return output;
  const pipeline = fromPixels(output).resize(width, height, { fit: "fill" }).flatten().raw();
  return toPixels(pipeline, "model output cannot be resized");
}

async function align(
  pictures: { before: Pixels; model: Pixels; workingMask: Pixels; plan: CanvasPlan },
  pool: PixelPool,
): Promise<Alignment | null> {
  const { before, model, workingMask, plan } = pictures;
  return pool.run("alignPictures", {
    reference: before,
    model,
    left: plan.pad.left,
    top: plan.pad.top,
    mask: workingMask,
    growPx: plan.mask?.growPx ?? 0,
  });
}

function shiftInSource(alignment: Alignment, plan: CanvasPlan): number {
  return meanDisplacement(alignment, plan.scaled) * (plan.crop.width / plan.scaled.width);
}
