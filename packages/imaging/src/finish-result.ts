import { deliver, type FinishedResult } from "./deliver.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import { openScene, type FinishRequest } from "./open-scene.ts";
import { featherMask } from "./paste-back.ts";
import { registerScene } from "./register-scene.ts";

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
