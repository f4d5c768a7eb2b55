import sharp from "sharp";
import { resampleAxis } from "../src/loops/resample-axis.ts";
import type { Size } from "./fixtures.ts";

/** What one channel's samples become: `gain * v + offset`. */
export interface Cast {
  gain: number;
  offset: number;
}

/** What to do to a working copy, as the real model does: redraw the mask, move everything, alter it a little. */
export interface Drawing {
  shiftX: number;
  shiftY: number;
  zoom: number;
  /** Amplitude of the change everywhere, grey levels. */
  noise: number;
  seed: number;
  /** `nothing`: the mask is drawn as it was, so that a perfect result has no border to see. @default "stripes" */
  repaint?: "stripes" | "nothing";
  /** Red, green, blue. @default a slight loss of contrast */
  casts?: readonly [Cast, Cast, Cast];
}

const SLIGHT: Cast = { gain: 0.97, offset: 4 };

/** Redraws a PNG working copy; where `mask` (same size, 0 keep) is above 127 it paints magenta and green stripes. */
export async function drawLikeTheModel(
  canvas: Uint8Array,
  mask: Uint8Array | null,
  drawing: Drawing,
): Promise<Uint8Array> {
  const { data, info } = await sharp(canvas).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const levels = mask ? await sharp(mask).toColourspace("b-w").raw().toBuffer() : null;
  if (levels && drawing.repaint !== "nothing") paintStripes(data, levels, width);
  const moved = move(data, { width, height }, drawing);
  const random = mulberry32(drawing.seed);
  const casts = drawing.casts ?? [SLIGHT, SLIGHT, SLIGHT];
  const out = Buffer.alloc(moved.length);
  // Smooth noise plus a cast: the whole picture is altered, and neighbours go together.
  let drift = 0;
  for (let i = 0; i < moved.length; i += 1) {
    const { gain, offset } = casts[i % 3] ?? SLIGHT;
    drift = 0.7 * drift + (random() - 0.5) * drawing.noise;
    const value = (moved[i] ?? 0) * gain + offset + drift + (random() - 0.5) * drawing.noise;
    out[i] = Math.min(255, Math.max(0, Math.round(value)));
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function paintStripes(data: Buffer, levels: Buffer, width: number): void {
  for (let pixel = 0; pixel < levels.length; pixel += 1) {
    if ((levels[pixel] ?? 0) <= 127) continue;
    const isStripe = ((pixel % width) + Math.floor(pixel / width)) % 24 < 12;
    data.set(isStripe ? [220, 20, 200] : [30, 210, 90], pixel * 3);
  }
}

/** Across first, then down. */
function move(data: Buffer, { width, height }: Size, drawing: Drawing): Float32Array {
  const across = inverse(width, drawing.zoom, drawing.shiftX);
  const lines = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const column = (at / 3) % width;
    const row = at - column * 3;
    for (let tap = column * across.taps; tap < (column + 1) * across.taps; tap += 1) {
      const weight = across.weights[tap] ?? 0;
      const from = row + (across.indexes[tap] ?? 0) * 3;
      for (let c = 0; c < 3; c += 1)
        lines[at + c] = (lines[at + c] ?? 0) + weight * (data[from + c] ?? 0);
    }
  }
  const down = inverse(height, drawing.zoom, drawing.shiftY);
  const stride = width * 3;
  const out = new Float32Array(data.length);
  for (let tap = 0; tap < height * down.taps; tap += 1) {
    const weight = down.weights[tap] ?? 0;
    const to = Math.floor(tap / down.taps) * stride;
    const from = (down.indexes[tap] ?? 0) * stride;
    for (let i = 0; i < stride; i += 1)
      out[to + i] = (out[to + i] ?? 0) + weight * (lines[from + i] ?? 0);
  }
  return out;
}

/** Content at p goes to centre + (p - centre) * zoom + shift, so an output pixel looks where it came from. */
function inverse(length: number, zoom: number, shift: number) {
  const centre = (length - 1) / 2;
  return resampleAxis({
    fromIndex: 0,
    toIndex: length,
    step: 1 / zoom,
    offset: centre - (centre + shift) / zoom,
    inputLength: length,
  });
}

/** Deterministic noise from a seed, 0 to 1. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
