import { decodePixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { hashBytes } from "./hash-bytes.ts";
import { IN_PLACE } from "./loops/alignment.ts";
import type { Registration } from "./loops/register-model.ts";
import { makePreview } from "./make-preview.ts";
import { measureFidelity, type Fidelity } from "./measure-fidelity.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { openScene, type FinishRequest, type Scene } from "./open-scene.ts";
import { featherMask, pasteBack } from "./paste-back.ts";
import { registerScene } from "./register-scene.ts";

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
 * Finds and undoes the model's shift, zoom and cast, lays its picture over the original through the feathered mask,
 * encodes, and measures the encoded file against the original.
 * @throws {ImageError} when the output cannot be decoded, or has another shape than the canvas.
 */
export async function finishResult(
  request: FinishRequest,
  pool: PixelPool,
): Promise<FinishedResult> {
  const scene = await openScene(request, pool);
  const [registration, weights] = await Promise.all([
    registerScene(scene, pool),
    scene.change ? featherMask(scene.change, scene.plan.mask?.featherPx ?? 0, pool) : null,
  ]);
  return deliver({ scene, registration, weights, isPainted: request.mask !== null }, pool);
}

interface Delivery {
  scene: Scene;
  registration: Registration | null;
  weights: Parameters<typeof pasteBack>[0]["weights"];
  isPainted: boolean;
}

async function deliver(delivery: Delivery, pool: PixelPool): Promise<FinishedResult> {
  const { scene, registration, weights, isPainted } = delivery;
  const { laidOut, model, plan } = scene;
  const alignment = registration?.alignment ?? IN_PLACE;
  const tone = registration?.tone ?? null;
  const pasted = await pasteBack({ laidOut, weights, model, plan, alignment, tone }, pool);
  const png = await encodePng(pasted, pool);
  const [delivered, preview, sha256] = await Promise.all([
    decodePixels(png),
    makePreview(pasted),
    hashBytes(png),
  ]);
  const fidelity = await measureFidelity({ scene, delivered, registration, isPainted }, pool);
  const { width, height } = delivered;
  return { png, preview, width, height, sha256, fidelity };
}
