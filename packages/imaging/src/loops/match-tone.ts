import type { Pixels } from "../pixels.ts";
import { collectBlocks, type TonePairs } from "./tone-blocks.ts";
import type { Plane } from "./plane.ts";
import { toneShift, type Tone, type ToneCurve } from "./tone.ts";

/** Our working copy and the model's corrected picture, RGB of one size. */
export interface MatchToneTask {
  reference: Pixels;
  corrected: Pixels;
  /** 1 where both may be compared. */
  free: Plane;
  /** The part of it around the mask, where a cast would show. */
  ring: Plane;
}

const LEAST_BLOCKS = 32;
/** Below this spread of tones, grey levels, a gain cannot be told from an offset. */
const LEAST_SPREAD = 12;
const MOST_GAIN_CHANGE = 0.15;
/** A larger change is no slip: the model was asked for other light. Grey levels. */
const MOST_SHIFT = 24;
/** What a correction must achieve on blocks it was not fitted to: this share of the difference gone, and this many grey levels. */
const LEAST_SHARE_GONE = 0.3;
const LEAST_LEVELS_GONE = 0.4;
/** Blocks that differ by more were redrawn and say nothing about a cast, grey levels. */
const MOST_DIFFERENCE = 20;
const ROUNDS = 8;
/** Tukey's biweight at 95 % efficiency. */
const TUKEY = 4.685;
const LEAST_SIGMA = 0.25;

/**
 * Measures the model's cast (a gain and an offset per channel) around the mask, else over the whole free area. Fitted
 * on half of the blocks and proved on the other half: null when it does not clearly bring them nearer.
 */
export function matchTone(task: MatchToneTask): Tone | null {
  const { reference, corrected, free, ring } = task;
  for (const area of [ring, free]) {
    const blocks = collectBlocks({ reference, corrected, area });
    if (blocks.fitted[0].ours.length < LEAST_BLOCKS) continue;
    const { fitted, held } = blocks;
    const tone: Tone = [fitCurve(fitted[0]), fitCurve(fitted[1]), fitCurve(fitted[2])];
    return isModest(tone) && helps(tone, held) ? tone : null;
  }
  return null;
}

/** Robust line through (model, ours): an offset alone when the tones are too much alike. */
function fitCurve({ ours, model }: TonePairs): ToneCurve {
  const sorted = model.toSorted((a, b) => a - b);
  const low = quantile(sorted, 0.02);
  const high = quantile(sorted, 0.98);
  const differences = ours.map((value, n) => value - (model[n] ?? 0));
  const offset = median(differences);
  const level: ToneCurve = { gain: 1, offset, low, high };
  if (high - low < 3 * LEAST_SPREAD) return level;
  let curve = level;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = refit({ ours, model }, curve);
    if (!next) return level;
    curve = { ...next, low, high };
  }
  return Math.abs(curve.gain - 1) <= MOST_GAIN_CHANGE ? curve : level;
}

function refit(pairs: TonePairs, { gain, offset }: ToneCurve) {
  const { ours, model } = pairs;
  const errors = ours.map((value, n) => value - gain * (model[n] ?? 0) - offset);
  const cut = TUKEY * Math.max(LEAST_SIGMA, 1.4826 * median(errors.map(Math.abs)));
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (let n = 0; n < errors.length; n += 1) {
    const share = (errors[n] ?? 0) / cut;
    if (Math.abs(share) >= 1) continue;
    const weight = (1 - share * share) ** 2;
    const x = model[n] ?? 0;
    const y = ours[n] ?? 0;
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  }
  const spread = w * wxx - wx * wx;
  if (spread < w * w * LEAST_SPREAD * LEAST_SPREAD) return null;
  const slope = (w * wxy - wx * wy) / spread;
  return { gain: slope, offset: (wy - slope * wx) / w };
}

function isModest(tone: Tone): boolean {
  return tone.every((curve) =>
    [curve.low, curve.high].every((v) => Math.abs(toneShift(curve, v)) <= MOST_SHIFT),
  );
}

function helps(tone: Tone, held: readonly TonePairs[]): boolean {
  let before = 0;
  let after = 0;
  let count = 0;
  tone.forEach((curve, channel) => {
    const { ours, model } = held[channel] ?? { ours: [], model: [] };
    ours.forEach((value, n) => {
      const v = model[n] ?? 0;
      before += Math.min(MOST_DIFFERENCE, Math.abs(value - v));
      after += Math.min(MOST_DIFFERENCE, Math.abs(value - v - toneShift(curve, v)));
    });
    count += ours.length;
  });
  const gone = before - after;
  return gone >= LEAST_SHARE_GONE * before && gone >= LEAST_LEVELS_GONE * count;
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
