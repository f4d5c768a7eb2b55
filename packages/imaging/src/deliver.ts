import { decodePixels } from "./decode-pixels.ts";
import { encodePng } from "./encode-png.ts";
import { hashBytes } from "./hash-bytes.ts";
import { IN_PLACE } from "./loops/alignment.ts";
import type { Registration } from "./loops/register-model.ts";
import { makePreview } from "./make-preview.ts";
import { measureFidelity, type Fidelity } from "./measure-fidelity.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Scene } from "./open-scene.ts";
import { pasteBack } from "./paste-back.ts";
import type { SharedBytes } from "./pixels.ts";

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

/** What is known before the paste. */
export interface Delivery {
  scene: Scene;
  /** Null: the model had to keep nothing. */
  registration: Registration | null;
  /** How much of the model each output pixel takes; null for all of it. */
  weights: SharedBytes | null;
  /** Whether the user painted a mask. */
  isPainted: boolean;
}

/** Pastes, encodes, and measures the encoded file. */
export async function deliver(delivery: Delivery, pool: PixelPool): Promise<FinishedResult> {
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
