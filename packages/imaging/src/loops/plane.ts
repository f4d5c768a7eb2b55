import type { Pixels } from "../pixels.ts";

/** One float sample per pixel, row by row. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A rectangle of a picture's luma (Rec. 601, 0 to 255). */
export function toLuma(
  pixels: Pixels,
  rect: { left: number; top: number; width: number; height: number },
): Plane {
  const { data, channels } = pixels;
  const out = new Float32Array(rect.width * rect.height);
  let to = 0;
  for (let y = 0; y < rect.height; y += 1) {
    let at = ((rect.top + y) * pixels.width + rect.left) * channels;
    for (let x = 0; x < rect.width; x += 1) {
      out[to] =
        channels === 1
          ? (data[at] ?? 0)
          : 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      to += 1;
      at += channels;
    }
  }
  return { data: out, width: rect.width, height: rect.height };
}

/** Half the size, each pixel the mean of four; an odd last row or column is dropped. */
export function halve(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const { data } = plane;
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let at = y * 2 * plane.width;
    for (let x = 0; x < width; x += 1) {
      const below = at + plane.width;
      out[y * width + x] =
        ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[below] ?? 0) + (data[below + 1] ?? 0)) / 4;
      at += 2;
    }
  }
  return { data: out, width, height };
}

/** Sums over the square of side 2 * `radius` + 1 around each pixel, cut at the frame. */
export function boxSum(plane: Plane, radius: number): Plane {
  const { data, width, height } = plane;
  const out = new Float32Array(width * height);
  // Column sums slide down the picture; each row of them is then summed along.
  const columns = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y += 1) addRow(columns, data, y * width, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + radius < height) addRow(columns, data, (y + radius) * width, 1);
    if (y - radius - 1 >= 0) addRow(columns, data, (y - radius - 1) * width, -1);
    sumAlong(columns, radius, out.subarray(y * width, (y + 1) * width));
  }
  return { data: out, width, height };
}

function addRow(columns: Float64Array, data: Float32Array, at: number, sign: 1 | -1): void {
  for (let x = 0; x < columns.length; x += 1) {
    columns[x] = (columns[x] ?? 0) + sign * (data[at + x] ?? 0);
  }
}

function sumAlong(columns: Float64Array, radius: number, out: Float32Array): void {
  const { length } = columns;
  let sum = 0;
  for (let x = 0; x < Math.min(radius, length); x += 1) sum += columns[x] ?? 0;
  for (let x = 0; x < length; x += 1) {
    if (x + radius < length) sum += columns[x + radius] ?? 0;
    if (x - radius - 1 >= 0) sum -= columns[x - radius - 1] ?? 0;
    out[x] = sum;
  }
}
