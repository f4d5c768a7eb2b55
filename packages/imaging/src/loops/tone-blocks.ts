import type { Pixels } from "../pixels.ts";
import type { Plane } from "./plane.ts";

/** Mean values of one channel in blocks both pictures share, grey levels. */
export interface TonePairs {
  ours: number[];
  model: number[];
}

type Channels = readonly [TonePairs, TonePairs, TonePairs];

/** Two halves of the blocks, interleaved over the picture like a chessboard. */
export interface ToneBlocks {
  fitted: Channels;
  held: Channels;
}

/** Small enough to see one tone, large enough to average noise and a fraction of a pixel away. */
const BLOCK_PX = 8;
/** Means nearer to black or white hold samples that were cut off there. */
const CLIP_LEVELS = 6;
const MOST_BLOCKS = 8_000;

/** Averages both RGB pictures over every block that lies wholly inside the area (1 or 0). */
export function collectBlocks(task: {
  reference: Pixels;
  corrected: Pixels;
  area: Plane;
}): ToneBlocks {
  const { reference, corrected, area } = task;
  const blocks: ToneBlocks = { fitted: noPairs(), held: noPairs() };
  const corners = blocksInside(area);
  const step = Math.max(1, Math.ceil(corners.length / MOST_BLOCKS));
  for (let n = 0; n < corners.length; n += step) {
    const at = corners[n] ?? 0;
    const ours = meanColour(reference, at);
    const model = meanColour(corrected, at);
    if ([...ours, ...model].some((v) => v < CLIP_LEVELS || v > 255 - CLIP_LEVELS)) continue;
    const half = isFitted(at, area.width) ? blocks.fitted : blocks.held;
    half.forEach((pairs, channel) => {
      pairs.ours.push(ours[channel] ?? 0);
      pairs.model.push(model[channel] ?? 0);
    });
  }
  return blocks;
}

function noPairs(): Channels {
  return [
    { ours: [], model: [] },
    { ours: [], model: [] },
    { ours: [], model: [] },
  ];
}

function isFitted(at: number, width: number): boolean {
  const column = (at % width) / BLOCK_PX;
  const row = Math.floor(at / width) / BLOCK_PX;
  return (column + row) % 2 === 0;
}

/** Index of each such block's first pixel. */
function blocksInside({ data, width, height }: Plane): number[] {
  const corners: number[] = [];
  for (let top = 0; top + BLOCK_PX <= height; top += BLOCK_PX) {
    for (let left = 0; left + BLOCK_PX <= width; left += BLOCK_PX) {
      const at = top * width + left;
      let inside = true;
      for (let y = 0; y < BLOCK_PX && inside; y += 1) {
        for (let x = 0; x < BLOCK_PX && inside; x += 1) inside = data[at + y * width + x] === 1;
      }
      if (inside) corners.push(at);
    }
  }
  return corners;
}

function meanColour({ data, width }: Pixels, at: number): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < BLOCK_PX; y += 1) {
    const from = (at + y * width) * 3;
    for (let i = from; i < from + BLOCK_PX * 3; i += 3) {
      sums[0] += data[i] ?? 0;
      sums[1] += data[i + 1] ?? 0;
      sums[2] += data[i + 2] ?? 0;
    }
  }
  const n = BLOCK_PX * BLOCK_PX;
  return [sums[0] / n, sums[1] / n, sums[2] / n];
}
