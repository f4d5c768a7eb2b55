import sharp from "sharp";
import { resampleAxis } from "../src/loops/resample-axis.ts";

/** What to do to a working copy, as the real model does: move it, change it a little everywhere, redraw the mask. */
export interface Drawing {
  shiftX: number;
  shiftY: number;
  zoom: number;
  /** Amplitude of the change everywhere, grey levels. */
  noise: number;
  seed: number;
}

/** Redraws a PNG working copy; where `mask` (same size, 0 keep) is above 127 it paints magenta and green stripes. */
export async function drawLikeTheModel(
  canvas: Uint8Array,
  mask: Uint8Array | null,
  drawing: Drawing,
): Promise<Uint8Array> {
  const { data, info } = await sharp(canvas).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const levels = mask ? await sharp(mask).toColourspace("b-w").raw().toBuffer() : null;
  if (levels) paintStripes(data, levels, width);
  const moved = move(data, { width, height }, drawing);
  const random = mulberry32(drawing.seed);
  // Smooth noise plus a light cast: the whole picture is altered, and neighbours go together.
  let drift = 0;
  for (let i = 0; i < moved.length; i += 1) {
    drift = 0.7 * drift + (random() - 0.5) * drawing.noise;
    const value = (moved[i] ?? 0) * 0.97 + 4 + drift + (random() - 0.5) * drawing.noise;
    moved[i] = Math.min(255, Math.max(0, Math.round(value)));
  }
  return sharp(moved, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function paintStripes(data: Buffer, levels: Buffer, width: number): void {
  for (let pixel = 0; pixel < levels.length; pixel += 1) {
    if ((levels[pixel] ?? 0) <= 127) continue;
    const isStripe = ((pixel % width) + Math.floor(pixel / width)) % 24 < 12;
    data.set(isStripe ? [220, 20, 200] : [30, 210, 90], pixel * 3);
  }
}

function move(data: Buffer, size: { width: number; height: number }, drawing: Drawing): Buffer {
  const across = inverse(size.width, drawing.zoom, drawing.shiftX);
  const down = inverse(size.height, drawing.zoom, drawing.shiftY);
  const out = Buffer.alloc(data.length);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let j = 0; j < down.taps; j += 1) {
          const row = (down.indexes[y * down.taps + j] ?? 0) * size.width;
          let line = 0;
          for (let i = 0; i < across.taps; i += 1) {
            const tap = x * across.taps + i;
            line +=
              (across.weights[tap] ?? 0) * (data[(row + (across.indexes[tap] ?? 0)) * 3 + c] ?? 0);
          }
          sum += (down.weights[y * down.taps + j] ?? 0) * line;
        }
        out[(y * size.width + x) * 3 + c] = Math.min(255, Math.max(0, Math.round(sum)));
      }
    }
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
