import type { CanvasPlan } from "@ob/workflow/canvas";
import { meanDisplacement } from "./loops/alignment.ts";
import type { Registration } from "./loops/register-model.ts";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Scene } from "./open-scene.ts";
import type { Pixels } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";
import { scaleForModel } from "./working-copy.ts";

/**
 * What the delivered picture kept, measured on its encoded file. `comparedPixels`, `changedOutsideMask` and `shiftPx`
 * are null without a painted mask; `aligned`, `residualPx` and `seam` are null when there is no border between what
 * was kept and what was drawn: without a mask and, for a wider picture, when its source might change too.
 */
export interface Fidelity {
  /** Source pixels of mask value 0, in the output. */
  comparedPixels: number | null;
  /** How many of those differ from the original in any sample (at the size it has in the output). */
  changedOutsideMask: number | null;
  /**
   * How far the model had moved the picture before we moved it back: root mean square over the frame, output pixels.
   * Null also when it could not be told (then nothing was moved).
   */
  shiftPx: number | null;
  /**
   * Structural similarity of delivered picture and original at working size, 0 to 1: over the kept area with a mask
   * (over everything when nothing is kept), else over the whole source.
   */
  similarity: number;
  /** False = it could not be told how the model had moved the picture, and nothing was moved. */
  aligned: boolean | null;
  /**
   * Misalignment left after correction, measured anew around the mask (where that cannot tell, over the whole kept
   * area): root mean square, output pixels. Null also when it could not be told.
   */
  residualPx: number | null;
  /**
   * By how many grey levels (0 to 255) the mean step across the border is larger than what is natural there; 0 = none.
   * Null also when no border has room on both sides. See `loops/measure-seam.ts`.
   */
  seam: number | null;
}

/** The scene, the decoded delivery, and what registration found (null: nothing had to be kept). */
export interface FidelityRequest {
  scene: Scene;
  delivered: Pixels;
  registration: Registration | null;
  /** Whether the user painted a mask. */
  isPainted: boolean;
}

/** Compares sample by sample outside the mask, and by structure and border at working size. */
export async function measureFidelity(
  request: FidelityRequest,
  pool: PixelPool,
): Promise<Fidelity> {
  const { scene, registration, isPainted } = request;
  const after = await scaleForModel(request.delivered, scene.plan);
  const [similarity, seam, changes] = await Promise.all([
    compareStructure(scene, after, pool),
    compareBorder(scene, after, pool),
    isPainted ? compareSamples(request, pool) : NOTHING_COMPARED,
  ]);
  const moved = describeMovement(registration, scene.plan);
  return { ...changes, similarity, ...moved, seam, shiftPx: isPainted ? moved.shiftPx : null };
}

const NOTHING_COMPARED = { comparedPixels: null, changedOutsideMask: null } as const;

async function compareStructure(scene: Scene, after: Pixels, pool: PixelPool): Promise<number> {
  const { before, workingChange, workingMargins } = scene;
  return pool.run("measureSimilarity", { before, after, mask: workingChange ?? workingMargins });
}

async function compareBorder(scene: Scene, after: Pixels, pool: PixelPool): Promise<number | null> {
  const { before, workingChange } = scene;
  return workingChange ? pool.run("measureSeam", { before, after, mask: workingChange }) : null;
}

async function compareSamples({ scene, delivered }: FidelityRequest, pool: PixelPool) {
  const { laidOut, change } = scene;
  if (!change) return NOTHING_COMPARED;
  const counts = await Promise.all(
    splitRows(laidOut, pool.threads).map((band) =>
      pool.run("countChanges", { original: laidOut, result: delivered, mask: change, ...band }),
    ),
  );
  return {
    comparedPixels: counts.reduce((sum, count) => sum + count.comparedPixels, 0),
    changedOutsideMask: counts.reduce((sum, count) => sum + count.changedOutsideMask, 0),
  };
}

function describeMovement(registration: Registration | null, { crop, scaled }: CanvasPlan) {
  if (!registration) return { aligned: null, shiftPx: null, residualPx: null };
  const { alignment, residual } = registration;
  const outputPerWorkingPx = crop.width / scaled.width;
  return {
    aligned: alignment !== null,
    shiftPx: alignment ? meanDisplacement(alignment, scaled) * outputPerWorkingPx : null,
    residualPx: residual === null ? null : residual * outputPerWorkingPx,
  };
}
