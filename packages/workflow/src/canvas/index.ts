export { CanvasPlan, readCanvasPlan } from "./canvas-plan.ts";
export { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
export {
  planWholePicture,
  type MaskSoftness,
  type PixelRect,
  type WholePictureRequest,
} from "./plan-whole-picture.ts";
export {
  canvasToOutput,
  canvasToSource,
  outputToCanvas,
  outputToSource,
  sourceToCanvas,
  sourceToOutput,
  type Point,
} from "./transform-point.ts";
