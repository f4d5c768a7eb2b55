export { CanvasPlan, readCanvasPlan } from "./canvas-plan.ts";
export { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
export { extendOutput, ratioShape, type ExtendedOutput } from "./extend-output.ts";
export type { PixelRect } from "./pixel-rect.ts";
export type { MaskSoftness } from "./mask-softness.ts";
export { MAX_OUTPUT_PIXELS, planCanvas, type CanvasPlanRequest } from "./plan-canvas.ts";
export { plannedMargins, type PlannedMargins } from "./planned-margins.ts";
export { RESOLUTION_STEPS, scaleToTotalPixels, totalPixelsSizes } from "./total-pixels.ts";
export {
  canvasToOutput,
  canvasToSource,
  outputToCanvas,
  outputToSource,
  sourceToCanvas,
  sourceToOutput,
  type Point,
} from "./transform-point.ts";
