import { createRateWindow } from "./rate-window.ts";

/** RunPod's limits per endpoint. @see https://docs.runpod.io/serverless/endpoints/send-requests */
export const RUNPOD_LIMITS = {
  run: { most: 1_000, windowMs: 10_000, concurrent: 200 },
  status: { most: 2_000, windowMs: 10_000, concurrent: 400 },
  cancel: { most: 100, windowMs: 10_000, concurrent: 20 },
} as const;

export type Operation = keyof typeof RUNPOD_LIMITS;

/** Lets calls of one operation in as RunPod would. */
export interface Turnstile {
  /** Called when the answer is out; null = one too many, to be answered 429. */
  enter(): (() => void) | null;
  readonly refused: number;
  readonly mostAtOnce: number;
}

/** Makes one; unless `enforced` says so at that moment, everybody gets in and is only counted. */
export function createTurnstile(operation: Operation, enforced: () => boolean): Turnstile {
  const limit = RUNPOD_LIMITS[operation];
  const window = createRateWindow(limit);
  let inside = 0;
  let refused = 0;
  let mostAtOnce = 0;
  return {
    enter() {
      const fits = inside < limit.concurrent && window.take(performance.now());
      if (enforced() && !fits) {
        refused += 1;
        return null;
      }
      inside += 1;
      mostAtOnce = Math.max(mostAtOnce, inside);
      let out = false;
      return () => {
        if (!out) inside -= 1;
        out = true;
      };
    },
    get refused() {
      return refused;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
  };
}
