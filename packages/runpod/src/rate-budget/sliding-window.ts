/** Start times of the last `limit` requests, some of them still to come. */
export interface SlidingWindow {
  /** When a further start may be, ms, given that `ahead` others come before it; never before `nowMs`. */
  nextMs(nowMs: number, ahead?: number): number;
  /** Books the next start and says when it is. */
  book(nowMs: number): number;
  /** Writes down one that starts now, whatever the limit says. */
  note(nowMs: number): void;
}

/**
 * Keeps every span of `windowMs` at `limit` starts or fewer. A booked start that is not used stays
 * booked: it costs one place for one window.
 */
export function createSlidingWindow(o: { limit: number; windowMs: number }): SlidingWindow {
  const { limit, windowMs } = o;
  // A ring: the start at `oldest` is the one that must have left the window before another begins.
  const starts = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;

  function nextMs(nowMs: number, ahead = 0): number {
    const rounds = Math.floor(ahead / limit);
    const before = starts[(oldest + ahead) % limit] ?? Number.NEGATIVE_INFINITY;
    return Math.max(nowMs, before + windowMs) + rounds * windowMs;
  }

  function write(startMs: number): void {
    starts[oldest] = startMs;
    oldest = (oldest + 1) % limit;
  }

  return {
    nextMs,
    book(nowMs) {
      const startMs = nextMs(nowMs);
      write(startMs);
      return startMs;
    },
    note: write,
  };
}
