/** What to add to a sample of one channel: `offset + (gain - 1) * v`, with v held between `low` and `high`. */
export interface ToneCurve {
  gain: number;
  /** Grey levels. */
  offset: number;
  /** Tones seen when the curve was measured, grey levels: beyond them it goes on level. */
  low: number;
  high: number;
}

/** Brings the model's tones back to ours: red, green, blue. */
export type Tone = readonly [ToneCurve, ToneCurve, ToneCurve];

/** Grey levels that a curve adds to a sample of value `v`. */
export function toneShift({ gain, offset, low, high }: ToneCurve, v: number): number {
  return offset + (gain - 1) * Math.min(Math.max(v, low), high);
}

/** All 256 answers of each channel, interleaved like the samples. */
export function toneTable(tone: Tone): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 3);
  for (let v = 0; v < 256; v += 1) {
    tone.forEach((curve, channel) => {
      table[v * 3 + channel] = v + toneShift(curve, v);
    });
  }
  return table;
}

/** Corrects RGB samples in place. */
export function applyTone(samples: Uint8Array | Uint8ClampedArray, table: Uint8ClampedArray): void {
  for (let at = 0; at < samples.length; at += 3) {
    samples[at] = table[(samples[at] ?? 0) * 3] ?? 0;
    samples[at + 1] = table[(samples[at + 1] ?? 0) * 3 + 1] ?? 0;
    samples[at + 2] = table[(samples[at + 2] ?? 0) * 3 + 2] ?? 0;
  }
}
