import type { Limits } from "./contract-shape.ts";

/** The limits a service has unless it needs others: what our uploads and RunPod's `/run` allow. */
export const STANDARD_LIMITS: Limits = {
  promptCodePoints: 2000,
  seedMax: Number.MAX_SAFE_INTEGER,
  picture: { minSidePx: 1, maxPixels: 40_000_000 },
  output: { maxPixels: 40_000_000 },
  requestBytes: 10_000_000,
};
