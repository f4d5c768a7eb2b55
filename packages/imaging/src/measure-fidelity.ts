import type { CanvasPlan } from "@ob/workflow/canvas";
import type { PixelPool } from "./open-pixel-pool.ts";
import type { Pixels } from "./pixels.ts";
import { splitRows } from "./split-rows.ts";
import { scaleForModel } from "./working-copy.ts";

/** What the delivered picture kept, measured on its encoded file. */
export interface Fidelity {
  /** Pixels of mask value 0; null without a mask. */
  comparedPixels: number | null;
  /** How many of those differ from the original in any sample; null without a mask. */
  changedOutsideMask: number | null;
  /**
   * How far the model had moved the picture before we moved it back: root mean square over the frame, source pixels.
   * Null without a mask, and when it could not be told (then nothing was moved).
   */
  shiftPx: number | null;
  /**
   * Structural similarity of delivered picture and original at working size, 0 to 1: over the unpainted area with a
   * mask (over everything when nothing is unpainted), else over the whole picture.
   */
  similarity: number;
}

/** The original and the decoded delivery, with the mask at both sizes and the original's working copy. */
export interface FidelityRequest {
  original: Pixels;
  delivered: Pixels;
  mask: Pixels | null;
  before: Pixels;
  workingMask: Pixels | null;
  plan: CanvasPlan;
}

/** Compares sample by sample outside the mask and by structure at working size. */
export async function measureFidelity(
  request: FidelityRequest,
  pool: PixelPool,
): Promise<Omit<Fidelity, "shiftPx">> {
  const [similarity, changes] = await Promise.all([
    compareStructure(request, pool),
    compareSamples(request, pool),
  ]);
  return { similarity, ...changes };
}

async function compareStructure(request: FidelityRequest, pool: PixelPool): Promise<number> {
  const { delivered, before, workingMask, plan } = request;
  const after = await scaleForModel(delivered, plan);
  return pool.run("measureSimilarity", { before, after, mask: workingMask });
}

async function compareSamples(request: FidelityRequest, pool: PixelPool) {
  const { original, delivered, mask } = request;
  if (!mask) return { comparedPixels: null, changedOutsideMask: null };
  const counts = await Promise.all(
    splitRows(original, pool.threads).map((band) =>
      pool.run("countChanges", { original, result: delivered, mask, ...band }),
    ),
  );
  return {
    comparedPixels: counts.reduce((sum, count) => sum + count.comparedPixels, 0),
    changedOutsideMask: counts.reduce((sum, count) => sum + count.changedOutsideMask, 0),
  };
}
