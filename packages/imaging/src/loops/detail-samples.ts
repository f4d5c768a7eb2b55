import { boxSum, type Plane } from "./plane.ts";

/** Places with something to hold on to: where our picture has a slope, its slope and its detail there. */
export interface DetailSamples {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly value: Float32Array;
  readonly slopeX: Float32Array;
  readonly slopeY: Float32Array;
}

const DETAIL_RADIUS_PX = 6;
/** Slopes flatter than this many grey levels a pixel say more about noise than about place. */
const LEAST_SLOPE = 1;
const MOST_SAMPLES = 30_000;
const FRAME_MARGIN_PX = 2;

/** How many free pixels lie around each pixel: what `localDetail` divides by. */
export function freeCounts(free: Plane): Plane {
  return boxSum(free, DETAIL_RADIUS_PX);
}

/** Luma minus its local mean over the free area: changed light and colour cast drop out, edges stay. */
export function localDetail(luma: Plane, free: Plane, counts: Plane): Plane {
  const weighted = new Float32Array(luma.data.length);
  for (let i = 0; i < weighted.length; i += 1) {
    weighted[i] = (luma.data[i] ?? 0) * (free.data[i] ?? 0);
  }
  const sums = boxSum({ ...luma, data: weighted }, DETAIL_RADIUS_PX);
  for (let i = 0; i < weighted.length; i += 1) {
    const count = counts.data[i] ?? 0;
    weighted[i] = count > 0.5 ? (luma.data[i] ?? 0) - (sums.data[i] ?? 0) / count : 0;
  }
  return { ...luma, data: weighted };
}

/** Collects the free pixels with a slope, evenly thinned to a number that keeps the search quick. */
export function detailSamples(detail: Plane, free: Plane): DetailSamples {
  const places = slopedPlaces(detail, free);
  const step = Math.max(1, places.length / MOST_SAMPLES);
  const count = Math.floor(places.length / step);
  const samples = {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    value: new Float32Array(count),
    slopeX: new Float32Array(count),
    slopeY: new Float32Array(count),
  };
  for (let n = 0; n < count; n += 1) {
    const at = places[Math.floor(n * step)] ?? 0;
    samples.x[n] = at % detail.width;
    samples.y[n] = Math.floor(at / detail.width);
    samples.value[n] = detail.data[at] ?? 0;
    samples.slopeX[n] = slope(detail, at, 1);
    samples.slopeY[n] = slope(detail, at, detail.width);
  }
  return samples;
}

function slope(detail: Plane, at: number, step: number): number {
  return ((detail.data[at + step] ?? 0) - (detail.data[at - step] ?? 0)) / 2;
}

function slopedPlaces(detail: Plane, free: Plane): Int32Array {
  const { width, height } = detail;
  const places = new Int32Array(width * height);
  let count = 0;
  for (let y = FRAME_MARGIN_PX; y < height - FRAME_MARGIN_PX; y += 1) {
    for (let x = FRAME_MARGIN_PX; x < width - FRAME_MARGIN_PX; x += 1) {
      const at = y * width + x;
      if ((free.data[at] ?? 0) < 1) continue;
      const across = slope(detail, at, 1);
      const down = slope(detail, at, width);
      if (across * across + down * down < LEAST_SLOPE * LEAST_SLOPE) continue;
      places[count] = at;
      count += 1;
    }
  }
  return places.subarray(0, count);
}

/** Linear interpolation; `NaN` outside the plane. */
export function sampleAt(plane: Plane, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left >= plane.width - 1 || top >= plane.height - 1) return Number.NaN;
  const at = top * plane.width + left;
  const fx = x - left;
  const fy = y - top;
  const { data, width } = plane;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}
