import { sharedBytes, type Pixels } from "../pixels.ts";

/** A rectangle of whole pixels. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A mask's levels (grey, 0 = keep, 255 = change) with where it paints and how much. */
export interface ReadMask {
  levels: Pixels;
  /** Smallest rectangle that holds every level above 0; null for an empty mask. */
  bounds: Bounds | null;
  /** Share of pixels above 0, from 0 to 1. */
  coverage: number;
}

/** Flattens a decoded mask on black and takes its luminance (Rec. 709), 0 staying 0 and 255 staying 255. */
export function readMask(task: { pixels: Pixels }): ReadMask {
  const { data, width, height, channels } = task.pixels;
  const levels = sharedBytes(width * height);
  const box = { left: width, top: height, right: -1, bottom: -1 };
  let painted = 0;
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      const at = (row + x) * channels;
      const grey = channels === 1 ? (data[at] ?? 0) : luminance(data, at);
      const level = channels === 4 ? Math.round((grey * (data[at + 3] ?? 0)) / 255) : grey;
      if (level === 0) continue;
      levels[row + x] = level;
      painted += 1;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      box.bottom = y;
    }
  }
  return {
    levels: { data: levels, width, height, channels: 1 },
    bounds: painted === 0 ? null : toBounds(box),
    coverage: painted / (width * height),
  };
}

function luminance(data: Uint8Array, at: number): number {
  // Weights in 1/65536 that add up to 65536, so white stays 255.
  const sum = 13_933 * (data[at] ?? 0) + 46_871 * (data[at + 1] ?? 0) + 4732 * (data[at + 2] ?? 0);
  return (sum + 32_768) >> 16;
}

function toBounds(box: { left: number; top: number; right: number; bottom: number }): Bounds {
  return {
    x: box.left,
    y: box.top,
    width: box.right - box.left + 1,
    height: box.bottom - box.top + 1,
  };
}
