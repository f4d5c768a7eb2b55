import { sharedBytes, type Pixels } from "../pixels.ts";

/** Grey mask levels and the size they are wanted at. */
export interface ResizeMaskTask {
  mask: Pixels;
  width: number;
  height: number;
}

interface Tap {
  low: Int32Array;
  high: Int32Array;
  nearest: Int32Array;
  /** Share of `high`, in 1/256. */
  mix: Int32Array;
}

/**
 * Resamples a mask bilinearly, but never past its own edge: where the nearest mask pixel is 0 the level is 0, so a
 * mask drawn small cannot bleed over what it kept.
 */
export function resizeMask(task: ResizeMaskTask): Pixels {
  const { mask, width, height } = task;
  const across = taps(mask.width, width);
  const down = taps(mask.height, height);
  const from = mask.data;
  const out = sharedBytes(width * height);
  for (let y = 0; y < height; y += 1) {
    const upper = (down.low[y] ?? 0) * mask.width;
    const lower = (down.high[y] ?? 0) * mask.width;
    const gate = (down.nearest[y] ?? 0) * mask.width;
    const mixY = down.mix[y] ?? 0;
    for (let x = 0; x < width; x += 1) {
      if ((from[gate + (across.nearest[x] ?? 0)] ?? 0) === 0) continue;
      const left = across.low[x] ?? 0;
      const right = across.high[x] ?? 0;
      const mixX = across.mix[x] ?? 0;
      const top = (from[upper + left] ?? 0) * (256 - mixX) + (from[upper + right] ?? 0) * mixX;
      const bottom = (from[lower + left] ?? 0) * (256 - mixX) + (from[lower + right] ?? 0) * mixX;
      out[y * width + x] = Math.max(1, (top * (256 - mixY) + bottom * mixY + 32_768) >> 16);
    }
  }
  return { data: out, width, height, channels: 1 };
}

function taps(from: number, to: number): Tap {
  const tap = {
    low: new Int32Array(to),
    high: new Int32Array(to),
    nearest: new Int32Array(to),
    mix: new Int32Array(to),
  };
  for (let i = 0; i < to; i += 1) {
    const exact = ((i + 0.5) * from) / to;
    const centre = Math.min(Math.max(exact - 0.5, 0), from - 1);
    tap.low[i] = Math.floor(centre);
    tap.high[i] = Math.min(from - 1, Math.floor(centre) + 1);
    tap.nearest[i] = Math.min(from - 1, Math.floor(exact));
    tap.mix[i] = Math.round((centre - Math.floor(centre)) * 256);
  }
  return tap;
}
