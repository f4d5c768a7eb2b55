import type { PixelSize } from "./encoder-sizes.ts";
import type { PixelRect } from "./pixel-rect.ts";

/** The delivered picture and where the source lies in it, both in output px. */
export interface ExtendedOutput {
  output: PixelSize;
  placed: PixelRect;
}

/** A picture this near to the ratio has it: nobody sees a margin of one pixel, and the model cannot draw one. */
const NEAR_PX = 1;

const RATIO = /^([1-9]\d{0,2}):([1-9]\d{0,2})$/;

/**
 * Finds the smallest picture of a ratio that holds the source, the source in its middle; nothing of
 * the source is ever cut off. A source that lacks but a pixel is taken to have the ratio. Beyond the
 * most pixels both are scaled down together.
 * @param ratio `original` (the source itself), or `16:9` and the like.
 * @throws {RangeError} when the ratio cannot be read.
 */
export function extendOutput(
  source: PixelSize,
  o: { ratio: string; maxOutputPixels: number },
): ExtendedOutput {
  const shape = o.ratio === "original" ? source : ratioShape(o.ratio);
  if (shape === null) throw new RangeError(`not a ratio: ${o.ratio}`);
  // The side on which the output is as long as the source; the other gets the margins.
  const isTight = source.width * shape.height >= source.height * shape.width;
  const extended = isTight
    ? {
        width: source.width,
        height: Math.max(source.height, Math.round((source.width * shape.height) / shape.width)),
      }
    : {
        width: Math.max(source.width, Math.round((source.height * shape.width) / shape.height)),
        height: source.height,
      };
  const isNear = extended.width - source.width + extended.height - source.height <= NEAR_PX;
  const size = isNear ? { width: source.width, height: source.height } : extended;
  if (size.width * size.height <= o.maxOutputPixels) {
    return { output: size, placed: centred(source, size) };
  }
  const output = shrink(shape, { tight: isTight ? "width" : "height", most: o.maxOutputPixels });
  const placed = isTight
    ? { width: output.width, height: scaledSide(source.height, output.width / source.width) }
    : { width: scaledSide(source.width, output.height / source.height), height: output.height };
  return { output, placed: centred(atMost(placed, output), output) };
}

/**
 * Whether a picture has a ratio already, so that nothing would be added to it.
 * @throws {RangeError} when the ratio cannot be read.
 */
export function hasRatio(source: PixelSize, ratio: string): boolean {
  const { output } = extendOutput(source, { ratio, maxOutputPixels: Number.POSITIVE_INFINITY });
  return output.width === source.width && output.height === source.height;
}

/** The two sides of a ratio such as `16:9`; `null` for anything else, `original` among it. */
export function ratioShape(ratio: string): PixelSize | null {
  const [, width, height] = RATIO.exec(ratio) ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Number(width), height: Number(height) };
}

/** The largest size of a shape with at most that many pixels; the tight side is whole, the other rounded. */
function shrink(shape: PixelSize, o: { tight: "width" | "height"; most: number }): PixelSize {
  const [along, across] =
    o.tight === "width" ? [shape.width, shape.height] : [shape.height, shape.width];
  for (let side = Math.floor(Math.sqrt((o.most * along) / across)); side >= 1; side -= 1) {
    const other = scaledSide(across, side / along);
    if (side * other > o.most) continue;
    return o.tight === "width" ? { width: side, height: other } : { width: other, height: side };
  }
  throw new RangeError(`no picture of ${shape.width}:${shape.height} has ${o.most} pixels`);
}

function scaledSide(side: number, factor: number): number {
  return Math.max(1, Math.round(side * factor));
}

function atMost(size: PixelSize, most: PixelSize): PixelSize {
  return { width: Math.min(size.width, most.width), height: Math.min(size.height, most.height) };
}

function centred(size: PixelSize, inside: PixelSize): PixelRect {
  return {
    x: Math.floor((inside.width - size.width) / 2),
    y: Math.floor((inside.height - size.height) / 2),
    width: size.width,
    height: size.height,
  };
}
