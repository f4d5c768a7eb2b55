import type { Pixels } from "../pixels.ts";

/** A picture to change in place; columns `left` to `right` and rows `top` to `bottom` (exclusive) stay. */
export interface FillOutsideTask {
  pixels: Pixels;
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** For every sample outside, 0 to 255. */
  value: number;
}

/** Paints everything outside a rectangle in one grey. */
export function fillOutside(task: FillOutsideTask): void {
  const { pixels, left, top, right, bottom, value } = task;
  const { data, channels } = pixels;
  const stride = pixels.width * channels;
  data.fill(value, 0, top * stride);
  data.fill(value, bottom * stride);
  for (let row = top; row < bottom; row += 1) {
    data.fill(value, row * stride, row * stride + left * channels);
    data.fill(value, row * stride + right * channels, (row + 1) * stride);
  }
}
