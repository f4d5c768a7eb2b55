import type { Clock } from "./clock.ts";

/** What one kind of call may be: in 10 s, and at once. */
interface RateLimit {
  perWindow: number;
  atOnce: number;
}

const WINDOW_MS = 10_000;

/**
 * RunPod's documented limits of one endpoint; a kind that is not listed has none. Written down apart
 * from the client's own budget: a figure that is wrong there must not be wrong here as well.
 * @see https://docs.runpod.io/serverless/endpoints/operation-reference#rate-limits
 */
const LIMITS: ReadonlyMap<string, RateLimit> = new Map([
  ["run", { perWindow: 1_000, atOnce: 200 }],
  ["status", { perWindow: 2_000, atOnce: 400 }],
  ["cancel", { perWindow: 100, atOnce: 20 }],
  ["purge-queue", { perWindow: 2, atOnce: 2 }],
]);

/** Calls of one kind, over all endpoints. */
export interface CallCount {
  calls: number;
  limited: number;
  /** Most that were under way together. */
  mostAtOnce: number;
}

export interface RateLimits {
  /** Enforces the limits from now on, or only counts. */
  enforce(isOn: boolean): void;
  /** Begins a call. @returns ends it; `null`: it is one too many and gets 429 */
  begin(endpointId: string, operation: string): (() => void) | null;
  counts(): Record<string, CallCount>;
}

interface Gauge {
  /** When the calls of the last window came, oldest first. */
  startedAtMs: number[];
  atOnce: number;
}

/** Counts calls per endpoint and kind, and turns away what RunPod would. */
export function createRateLimits(clock: Clock, isOn: boolean): RateLimits {
  let enforced = isOn;
  const gauges = new Map<string, Gauge>();
  const counts = new Map<string, CallCount>();

  function gaugeOf(key: string): Gauge {
    const gauge = gauges.get(key) ?? { startedAtMs: [], atOnce: 0 };
    gauges.set(key, gauge);
    return gauge;
  }

  function countOf(operation: string): CallCount {
    const count = counts.get(operation) ?? { calls: 0, limited: 0, mostAtOnce: 0 };
    counts.set(operation, count);
    return count;
  }

  return {
    enforce(on) {
      enforced = on;
    },
    begin(endpointId, operation) {
      const count = countOf(operation);
      const gauge = gaugeOf(`${endpointId}/${operation}`);
      const nowMs = clock.now();
      const firstInside = gauge.startedAtMs.findIndex((atMs) => atMs > nowMs - WINDOW_MS);
      gauge.startedAtMs.splice(0, firstInside === -1 ? gauge.startedAtMs.length : firstInside);
      count.calls += 1;
      const limit = LIMITS.get(operation);
      const isOver =
        limit !== undefined &&
        (gauge.startedAtMs.length >= limit.perWindow || gauge.atOnce >= limit.atOnce);
      if (enforced && isOver) {
        count.limited += 1;
        return null;
      }
      gauge.startedAtMs.push(nowMs);
      gauge.atOnce += 1;
      count.mostAtOnce = Math.max(count.mostAtOnce, gauge.atOnce);
      return () => {
        gauge.atOnce -= 1;
      };
    },
    counts: () => Object.fromEntries(counts),
  };
}
