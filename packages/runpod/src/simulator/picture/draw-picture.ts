import sharp from "sharp";

import type { PictureTrace } from "../worker/trace-graph.ts";
import type { MaskTrace } from "../worker/trace-mask.ts";
import { fillMargins, findInnerArea, shrinkInner, type InnerArea } from "./fill-margins.ts";
import { layOut, type Collage } from "./lay-out.ts";
import { createRandom, hashText, mixSeeds } from "./random.ts";
import { readMask } from "./read-mask.ts";
import { readPixels, type Pixels } from "./read-pixels.ts";
import { isWordPixel } from "./word.ts";

export interface PictureRequest {
  image: Uint8Array;
  /** Pictures the model may take from. */
  extras: readonly Uint8Array[];
  latentSize: { width: number; height: number } | null;
  totalPixels: PictureTrace["totalPixels"];
  /** `null`: the whole picture is redrawn. */
  mask: (MaskTrace & { bytes: Uint8Array }) | null;
  /** Share of what is drawn anew, 0…1. */
  denoise: number;
  prompt: string;
  seed: number;
  simulatorSeed: number;
}

/** The model's drift: how far everything moves, and by how much every colour changes. */
const SHIFT_PX = 2;
const MAX_GAIN = 0.015;
const MAX_OFFSET = 3;
const NOISE = 5;
/** A prime, so that no row repeats its neighbour's noise. */
const NOISE_LENGTH = 65_521;

/**
 * How much of what is redrawn is the prompt's colour. The rest is the picture, whole to be known
 * again, in a mask as its negative in grey to be another at every point; or what is laid over it.
 */
const TINT_SHARE = { whole: 0.5, masked: 0.65, collage: 0.3, margin: 0.2 } as const;

/** All that a drawing is made of, at the latent's size. */
interface Scene {
  pixels: Pixels;
  /** 255 = redrawn; `null`: everything is. */
  mask: Uint8Array | null;
  /** What is not drawn as a margin; `null` without margins. */
  inner: InnerArea | null;
  collage: Collage | null;
}

/**
 * Draws what stands for the model's picture, as a PNG of the latent's size. As the model does, it moves
 * and alters everything a little and the masked area much: tinted after the prompt, SIMULATED all over.
 * Further pictures are seen in what is redrawn, and grey margins become a continuation of the picture.
 * The same request gives the same bytes. @throws when a picture or the mask cannot be decoded
 */
export async function drawPicture(request: PictureRequest): Promise<Uint8Array> {
  const read = await readPixels(request.image, request);
  const inner = findInnerArea(read);
  const pixels = inner === null ? read : await fillMargins(read, inner);
  const mask = request.mask === null ? null : await readMask(request.mask, pixels);
  const collage = await layOut(request.extras, { mask, size: pixels });
  const reachPx = request.mask === null ? 0 : request.mask.growPx + request.mask.blurPx;
  const kept = inner === null ? null : shrinkInner(inner, { size: pixels, reachPx });
  const scene = { pixels, mask, inner: kept, collage };
  const rgb = redraw(scene, request);
  const { width, height } = pixels;
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

function redraw(scene: Scene, request: PictureRequest): Uint8Array {
  const { pixels, mask } = scene;
  const random = createRandom(mixSeeds(request.seed, request.simulatorSeed));
  const moved = movePicture(pixels, pickShift(random));
  const change = [0, 1, 2].map(() => ({
    gain: 1 + awayFromZero(random, MAX_GAIN),
    offset: awayFromZero(random, MAX_OFFSET),
  }));
  const drawn = drawAnew({ ...scene, pixels: moved }, request.prompt);
  const noise = new Float32Array(NOISE_LENGTH).map(() => (random() - 0.5) * NOISE);
  const out = new Uint8ClampedArray(drawn.length);
  change.forEach(({ gain, offset }, channel) => {
    for (let pixel = 0; pixel * 3 < out.length; pixel += 1) {
      const at = pixel * 3 + channel;
      const kept = (moved.rgb[at] ?? 0) * gain + offset + (noise[pixel % NOISE_LENGTH] ?? 0);
      const share = (mask === null ? 1 : (mask[pixel] ?? 0) / 255) * request.denoise;
      out[at] = kept + ((drawn[at] ?? 0) - kept) * share;
    }
  });
  return new Uint8Array(out.buffer);
}

/** Everything some pixels further; what comes in at an edge repeats it. */
function movePicture(
  { rgb, width, height }: Pixels,
  [byX, byY]: readonly [number, number],
): Pixels {
  const moved = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y += 1) {
    const fromRow = clamp(y - byY, height) * width;
    for (let x = 0; x < width; x += 1) {
      const from = (fromRow + clamp(x - byX, width)) * 3;
      const to = (y * width + x) * 3;
      moved[to] = rgb[from] ?? 0;
      moved[to + 1] = rgb[from + 1] ?? 0;
      moved[to + 2] = rgb[from + 2] ?? 0;
    }
  }
  return { rgb: moved, width, height };
}

/** What a complete redrawing looks like, RGB; left black where the mask keeps the picture. */
function drawAnew({ pixels, mask, inner, collage }: Scene, prompt: string): Uint8Array {
  const { rgb, width, height } = pixels;
  const tint = tintOf(prompt);
  const ink = brightness(...tint) > 140 ? 0 : 255;
  const dotPx = Math.max(2, Math.round(Math.min(width, height) / 300));
  const drawn = new Uint8ClampedArray(rgb.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      if (mask !== null && mask[pixel] === 0) continue;
      const isWord = isWordPixel(x, y, dotPx);
      const isMargin = inner !== null && !isInside(inner, x, y);
      const taken = !isMargin && collage !== null && isInside(collage, x, y) ? collage : null;
      const share = isMargin ? "margin" : taken ? "collage" : mask === null ? "whole" : "masked";
      const from = taken ? (y - taken.top) * taken.width + x - taken.left : pixel;
      for (let channel = 0; channel < 3; channel += 1) {
        const seen =
          share === "masked"
            ? 255 - greyAt(rgb, from)
            : ((taken?.rgb ?? rgb)[from * 3 + channel] ?? 0);
        const colour = tint[channel] ?? 0;
        drawn[pixel * 3 + channel] = isWord ? ink : seen + (colour - seen) * TINT_SHARE[share];
      }
    }
  }
  return new Uint8Array(drawn.buffer);
}

function greyAt(rgb: Uint8Array, pixel: number): number {
  return brightness(rgb[pixel * 3] ?? 0, rgb[pixel * 3 + 1] ?? 0, rgb[pixel * 3 + 2] ?? 0);
}

function isInside({ left, top, width, height }: InnerArea, x: number, y: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height;
}

function pickShift(random: () => number): readonly [number, number] {
  const shifts = [
    [SHIFT_PX, 0],
    [-SHIFT_PX, 0],
    [0, SHIFT_PX],
    [0, -SHIFT_PX],
  ] as const;
  return shifts[Math.floor(random() * shifts.length)] ?? shifts[0];
}

/** Never near zero, so that "altered everywhere" holds for every seed. */
function awayFromZero(random: () => number, most: number): number {
  const size = most * (0.4 + 0.6 * random());
  return random() < 0.5 ? -size : size;
}

/** A clear colour of its own for each prompt. */
function tintOf(prompt: string): readonly [number, number, number] {
  const random = createRandom(hashText(prompt));
  const hue = random() * 6;
  const wave = (at: number): number => {
    const distance = Math.abs(((hue - at + 9) % 6) - 3);
    return 40 + 200 * Math.min(1, Math.max(0, 2 - distance));
  };
  return [wave(0), wave(2), wave(4)];
}

function brightness(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function clamp(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, value));
}
