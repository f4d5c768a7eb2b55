import { IN_PLACE, scaleAlignment, type Alignment } from "./alignment.ts";
import { detailSamples, freeCounts, localDetail } from "./detail-samples.ts";
import { halve, type Plane } from "./plane.ts";
import { normalAt, refineAlignment, residuals, type RefineTask } from "./refine-alignment.ts";
import { invertSymmetric } from "./solve-symmetric.ts";

/** Luma of our working copy and of the model's output over the same frame; `free` is 1 where both may be compared. */
export interface AlignTask {
  reference: Plane;
  moved: Plane;
  free: Plane;
}

/** A finer level than this only costs time: half a megapixel already tells hundredths of a pixel. */
const FINEST_PIXELS = 500_000;
const COARSE_SIDE_PX = 160;
const LEAST_SIDE_PX = 24;
/** The search's reach at the coarsest level: the model drifts by a few pixels, seldom by more than a percent. */
const COARSE_SHIFTS = [-3, -2, -1, 0, 1, 2, 3] as const;
const COARSE_ZOOMS = [0.96, 0.98, 1, 1.02, 1.04] as const;
const LEAST_SAMPLES = 60;
/** A coarse level only helps when it knows more than a handful of places. */
const LEAST_COARSE_SAMPLES = 300;
/** Beyond these it is no drift but another picture. */
const MOST_ZOOM_CHANGE = 0.06;
const MOST_SHIFT_SHARE = 0.06;
/** An answer less certain than this, pixels, is none. */
const MOST_ERROR_PX = 0.5;
/** Residuals of neighbours go together: that many samples count as one. */
const SAMPLES_PER_FACT = 25;
const LEAST_CORRELATION = 0.4;

/**
 * Finds the model's shift and zoom, coarse to fine. Null when the free area cannot tell: nothing there, no detail, or
 * too little likeness. Falls back to a shift alone where a zoom cannot be told (a thin free strip).
 */
export function estimateAlignment(task: AlignTask): Alignment | null {
  const levels = buildLevels(task);
  let guess: Alignment | null = null;
  for (const level of levels.toReversed()) {
    const start = guess
      ? betterStart(level, scaleAlignment(guess, 1 / level.scale))
      : searchCoarse(level);
    guess = scaleAlignment(refineAlignment(level, start), level.scale);
  }
  const [finest] = levels;
  if (!guess || !finest) return null;
  return certain(finest, guess) ?? shiftAlone(finest, guess);
}

interface Level extends RefineTask {
  /** Working pixels per pixel of this level. */
  scale: number;
}

/** Finest first; levels with too little to hold on to are left out. */
function buildLevels(task: AlignTask): Level[] {
  const levels: Level[] = [];
  let { reference, moved, free } = task;
  for (let scale = 1; ; scale *= 2) {
    if (reference.data.length <= FINEST_PIXELS) {
      const level = buildLevel({ reference, moved, free }, scale, task.reference);
      const least = levels.length === 0 ? LEAST_SAMPLES : LEAST_COARSE_SAMPLES;
      if (level.samples.count >= least) levels.push(level);
    }
    const { width, height } = reference;
    if (Math.max(width, height) <= COARSE_SIDE_PX || Math.min(width, height) < 2 * LEAST_SIDE_PX) {
      return levels;
    }
    reference = halve(reference);
    moved = halve(moved);
    free = halve(free);
  }
}

function buildLevel(task: AlignTask, scale: number, full: Plane): Level {
  const { reference, moved, free } = task;
  const counts = freeCounts(free);
  return {
    samples: detailSamples(localDetail(reference, free, counts), free),
    moved: localDetail(moved, free, counts),
    centre: { x: full.width / 2 / scale - 0.5, y: full.height / 2 / scale - 0.5 },
    withZoom: true,
    scale,
  };
}

/** A coarse level can be fooled where little is free; a finer one then starts afresh. */
function betterStart(level: Level, guess: Alignment): Alignment {
  return cost(level, guess) <= cost(level, IN_PLACE) ? guess : searchCoarse(level);
}

function searchCoarse(level: RefineTask): Alignment {
  let best: Alignment = IN_PLACE;
  let bestCost = cost(level, best);
  for (const zoom of COARSE_ZOOMS) {
    for (const shiftY of COARSE_SHIFTS) {
      for (const shiftX of COARSE_SHIFTS) {
        const candidate = { shiftX, shiftY, zoom };
        const candidateCost = cost(level, candidate);
        if (candidateCost < bestCost) [best, bestCost] = [candidate, candidateCost];
      }
    }
  }
  return best;
}

const MOST_COST = 40;

function cost(level: RefineTask, alignment: Alignment): number {
  let sum = 0;
  for (const difference of residuals(level, alignment)) {
    const size = Math.abs(difference);
    sum += size < MOST_COST ? size : MOST_COST;
  }
  return sum;
}

function shiftAlone(level: Level, guess: Alignment): Alignment | null {
  const held = { ...level, withZoom: false };
  const start = scaleAlignment({ ...guess, zoom: 1 }, 1 / level.scale);
  return certain(held, scaleAlignment(refineAlignment(held, start), level.scale));
}

/** The guess, when it is plausible, precise enough and the pictures are alike under it; else null. */
function certain(level: Level, guess: Alignment): Alignment | null {
  const { shiftX, shiftY, zoom } = guess;
  const { scale } = level;
  const side = Math.max(level.moved.width, level.moved.height) * scale;
  if (!(Math.abs(zoom - 1) <= MOST_ZOOM_CHANGE)) return null;
  if (!(Math.hypot(shiftX, shiftY) <= side * MOST_SHIFT_SHARE)) return null;
  const atLevel = scaleAlignment(guess, 1 / scale);
  if (!(cornerError(level, atLevel) * scale <= MOST_ERROR_PX)) return null;
  return correlation(level, atLevel) >= LEAST_CORRELATION ? guess : null;
}

/** Expected error of the displacement at the frame's corner, pixels of the level. */
function cornerError(level: RefineTask, alignment: Alignment): number {
  const { hessian, sigma } = normalAt(level, alignment);
  if (!level.withZoom) [hessian[2], hessian[4], hessian[5]] = [0, 0, 1];
  const inverse = invertSymmetric(hessian);
  if (!inverse) return Number.POSITIVE_INFINITY;
  const variance = sigma * sigma * SAMPLES_PER_FACT;
  const zoomVariance = level.withZoom ? inverse[5] : 0;
  const reach = level.centre.x ** 2 + level.centre.y ** 2;
  return Math.sqrt(variance * (inverse[0] + inverse[3] + zoomVariance * reach));
}

/** Median-guarded likeness: correlation of both details over the samples that are not outliers. */
function correlation(level: RefineTask, alignment: Alignment): number {
  const differences = residuals(level, alignment);
  let ours = 0;
  let theirs = 0;
  let both = 0;
  for (let n = 0; n < differences.length; n += 1) {
    const difference = differences[n] ?? Number.NaN;
    if (Number.isNaN(difference)) continue;
    const own = level.samples.value[n] ?? 0;
    ours += own * own;
    theirs += (own + difference) ** 2;
    both += own * (own + difference);
  }
  return ours > 0 && theirs > 0 ? both / Math.sqrt(ours * theirs) : 0;
}
