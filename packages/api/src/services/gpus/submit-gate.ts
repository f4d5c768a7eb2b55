import { MAX_RETRY_AFTER_MS } from "../../domain/retry-policy.ts";

/** How long the one submit that tries whether the other side is back may take before another tries, ms. */
const PROBE_MS = 5_000;

/** Holds all submits of this process back while the GPU side refuses them. */
export interface SubmitGate {
  /**
   * When to ask again; null = this submit may go on now. Once the time of a closed gate is over, one
   * submit at a time may try; the others go on when it was accepted.
   */
  enter(now: Date): Date | null;
  /** Closes for `delayMs`, at most five minutes: nobody may silence us for longer by one answer. */
  close(now: Date, delayMs: number): void;
  open(): void;
}

/** Makes an open gate. */
export function createSubmitGate(): SubmitGate {
  let until: Date | null = null;
  return {
    enter(now) {
      if (until === null) return null;
      if (now < until) return until;
      until = new Date(now.getTime() + PROBE_MS);
      return null;
    },
    close(now, delayMs) {
      const next = new Date(now.getTime() + Math.min(delayMs, MAX_RETRY_AFTER_MS));
      if (until === null || next > until) until = next;
    },
    open() {
      until = null;
    },
  };
}
