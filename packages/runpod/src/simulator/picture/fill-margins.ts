import sharp from "sharp";

import type { Pixels } from "./read-pixels.ts";

/** The picture proper, in px; everything around it is margin. */
export interface InnerArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The grey that ImagePadForOutpaint lays around a picture, for the model to draw over. */
const PAD_GREY = 128;
/** How far a line's values may lie from it on average: a JPEG of it is not quite flat. */
const GREY_TOLERANCE = 6;
/** What is narrower is no margin, and a picture narrower than this is none. */
const LEAST_PX = 2;
const LEAST_INNER_PX = 8;
const BLUR_SIGMA = 4;

/** Finds grey margins around a picture, `null` when it has none. */
export function findInnerArea(pixels: Pixels): InnerArea | null {
  const { width, height } = pixels;
  const row = (y: number): boolean => isGrey(pixels, { start: y * width, step: 1, count: width });
  const column = (x: number): boolean => isGrey(pixels, { start: x, step: width, count: height });
  const [top, bottom] = greyEdges(height, row);
  const [left, right] = greyEdges(width, column);
  const inner = { left, top, width: width - left - right, height: height - top - bottom };
  if (inner.width < LEAST_INNER_PX || inner.height < LEAST_INNER_PX) return null;
  return inner.width === width && inner.height === height ? null : inner;
}

/** Continues the picture into its margins, mirrored and blurred: seen to be new, yet without a step. */
export async function fillMargins(pixels: Pixels, inner: InnerArea): Promise<Pixels> {
  const { width, height } = pixels;
  const mirrored = await sharp(pixels.rgb, { raw: { width, height, channels: 3 } })
    .extract(inner)
    .extend({
      left: inner.left,
      top: inner.top,
      right: width - inner.left - inner.width,
      bottom: height - inner.top - inner.height,
      extendWith: "mirror",
    })
    .raw()
    .toBuffer();
  const rgb = await sharp(mirrored, { raw: { width, height, channels: 3 } })
    .blur(BLUR_SIGMA)
    .raw()
    .toBuffer();
  for (let y = inner.top; y < inner.top + inner.height; y += 1) {
    const from = (y * width + inner.left) * 3;
    rgb.set(pixels.rgb.subarray(from, from + inner.width * 3), from);
  }
  return { rgb, width, height };
}

/** A margin's mask, grown and blurred, reaches into the picture: what it covers there continues the margin. */
export function shrinkInner(
  inner: InnerArea,
  o: { size: { width: number; height: number }; reachPx: number },
): InnerArea {
  const left = inner.left === 0 ? 0 : inner.left + o.reachPx;
  const top = inner.top === 0 ? 0 : inner.top + o.reachPx;
  const right = inner.left + inner.width;
  const bottom = inner.top + inner.height;
  return {
    left,
    top,
    width: (right === o.size.width ? right : right - o.reachPx) - left,
    height: (bottom === o.size.height ? bottom : bottom - o.reachPx) - top,
  };
}

/** How many lines are grey from each end; too few to be a margin count as none. */
function greyEdges(side: number, isGreyLine: (at: number) => boolean): [number, number] {
  let start = 0;
  while (start < side && isGreyLine(start)) start += 1;
  let end = 0;
  while (end < side - start && isGreyLine(side - 1 - end)) end += 1;
  return [start < LEAST_PX ? 0 : start, end < LEAST_PX ? 0 : end];
}

function isGrey({ rgb }: Pixels, line: { start: number; step: number; count: number }): boolean {
  let apart = 0;
  for (let index = 0; index < line.count; index += 1) {
    const at = (line.start + index * line.step) * 3;
    for (let channel = 0; channel < 3; channel += 1) {
      apart += Math.abs((rgb[at + channel] ?? 0) - PAD_GREY);
    }
  }
  return apart <= line.count * 3 * GREY_TOLERANCE;
}
