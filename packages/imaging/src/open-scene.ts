import type { CanvasPlan } from "@ob/workflow/canvas";
import { checkPlan, checkSource } from "./check-plan.ts";
import { decodePixels, fromPixels, toPixels } from "./decode-pixels.ts";
import { ImageError } from "./image-error.ts";
import { layOutMask, layOutSource } from "./lay-out.ts";
import { LEAST_OUTPUT_SCALE, MAX_SHAPE_ERROR } from "./limits.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";
import { readHeader } from "./read-header.ts";
import { marginsForModel, scaleForModel, scaleMaskForModel } from "./working-copy.ts";

/** A stored original with its mask (null: nothing painted), and what the model answered. */
export interface FinishRequest {
  original: Uint8Array;
  mask: Uint8Array | null;
  modelOutput: Uint8Array;
  plan: CanvasPlan;
}

/** Everything a result is made of, decoded: output size first, working size (`plan.scaled`) after it. */
export interface Scene {
  plan: CanvasPlan;
  /** The source at its place, its edge running out into the margins. */
  laidOut: Pixels;
  /** What the model may change, grey; null = everything. */
  change: Pixels | null;
  /** What the model drew, RGB, of the canvas's size. */
  model: Pixels;
  before: Pixels;
  workingChange: Pixels | null;
  /** 255 in the margins; null without any. */
  workingMargins: Pixels | null;
}

/**
 * Decodes a request and brings everything to its place.
 * @throws {ImageError} when a picture cannot be decoded, or the model's has another shape than the canvas.
 */
export async function openScene(request: FinishRequest, pool: PixelPool): Promise<Scene> {
  const { plan } = request;
  checkPlan(plan);
  // The smallest first: an answer that is no picture costs nothing more.
  const output = await decodeModelOutput(request.modelOutput);
  const [original, change] = await Promise.all([
    decodePixels(request.original),
    layOutMask(request.mask, plan, pool),
  ]);
  checkSource(plan, original);
  const model = await fitCanvas(output, plan);
  const laidOut = await layOutSource(original, plan, pool);
  const [before, workingChange, workingMargins] = await Promise.all([
    scaleForModel(laidOut, plan),
    change ? scaleMaskForModel(change, plan) : null,
    marginsForModel(plan, pool),
  ]);
  return { plan, laidOut, change, model, before, workingChange, workingMargins };
}

async function decodeModelOutput(bytes: Uint8Array): Promise<Pixels> {
  await readHeader(bytes);
  return decodePixels(bytes);
}

/** Any size of the canvas's shape is taken and brought to the canvas; alpha lies on black, as the model knows none. */
async function fitCanvas(output: Pixels, { canvas }: CanvasPlan): Promise<Pixels> {
  const { width, height } = canvas;
  const shapeError = Math.abs((output.width * height) / (output.height * width) - 1);
  const sizes = `${output.width}x${output.height} for a canvas of ${width}x${height}`;
  if (shapeError > MAX_SHAPE_ERROR) {
    throw new ImageError("IMAGE_UNREADABLE", `model output has another shape: ${sizes}`);
  }
  if (output.width < width * LEAST_OUTPUT_SCALE) {
    throw new ImageError("IMAGE_UNREADABLE", `model output is too small: ${sizes}`);
  }
  if (output.channels === 3 && output.width === width && output.height === height) return output;
  const pipeline = fromPixels(output).resize(width, height, { fit: "fill" }).flatten().raw();
  return toPixels(pipeline, "model output cannot be resized");
}
