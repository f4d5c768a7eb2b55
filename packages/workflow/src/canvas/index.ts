export { CanvasPlan } from "./canvas-plan.ts";
export { ENCODER_SIZES, type PixelSize } from "./encoder-sizes.ts";
export {
  planWholePicture,
  type MaskSoftness,
  type PixelRect,
  type WholePictureRequest,
} from "./plan-whole-picture.ts";
export { canvasToSource, sourceToCanvas, type Point } from "./transform-point.ts";
