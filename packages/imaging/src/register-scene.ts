import type { PixelPool } from "./open-pixel-pool.ts";
import type { Registration } from "./loops/register-model.ts";
import type { Scene } from "./open-scene.ts";

/** Finds what the model did to the kept area; null when it had to keep nothing. */
export async function registerScene(scene: Scene, pool: PixelPool): Promise<Registration | null> {
  const { before, model, workingChange, plan } = scene;
  if (!workingChange) return null;
  return pool.run("registerModel", {
    reference: before,
    model,
    left: plan.pad.left,
    top: plan.pad.top,
    mask: workingChange,
    growPx: plan.mask?.growPx ?? 0,
  });
}
