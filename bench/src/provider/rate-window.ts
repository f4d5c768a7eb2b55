/** Counts calls in a sliding window, as RunPod does per endpoint and operation. */
export interface RateWindow {
  /** Counts one call. False = one too many; it is not counted. */
  take(nowMs: number): boolean;
}

/** Makes a window with nothing in it. */
export function createRateWindow(o: {
  readonly most: number;
  readonly windowMs: number;
}): RateWindow {
  /** Oldest first; what fell out of the window stands before `from`. */
  let times: number[] = [];
  let from = 0;
  return {
    take(nowMs) {
      for (let oldest = times[from]; oldest !== undefined; oldest = times[from]) {
        if (oldest > nowMs - o.windowMs) break;
        from += 1;
      }
      if (from > 10_000) {
        times = times.slice(from);
        from = 0;
      }
      if (times.length - from >= o.most) return false;
      times.push(nowMs);
      return true;
    },
  };
}
