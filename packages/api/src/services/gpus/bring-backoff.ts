/** Counts how long in a row one GPU side has taken no pictures: the longer, the rarer it is tried. */
export interface BringBackoff {
  /**
   * Pictures could not be brought. Those that fail within one wait count once.
   * @returns how long to wait, ms: what `delayMs` says for so many failures before this one
   */
  failed(now: Date, delayMs: (failures: number) => number): number;
  brought(): void;
}

/** Makes one without failures. */
export function createBringBackoff(): BringBackoff {
  let failures = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  return {
    failed(now, delayMs) {
      const nowMs = now.getTime();
      if (nowMs < untilMs) return untilMs - nowMs;
      const waitMs = delayMs(failures);
      failures += 1;
      untilMs = nowMs + waitMs;
      return waitMs;
    },
    brought() {
      failures = 0;
      untilMs = Number.NEGATIVE_INFINITY;
    },
  };
}
