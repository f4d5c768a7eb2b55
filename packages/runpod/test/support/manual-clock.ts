import { setImmediate as turn } from "node:timers/promises";

import type { Clock } from "../../src/simulator/clock.ts";

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due, in order, letting promises settle after each. */
  advance(ms: number): Promise<void>;
  /** How many timers are waiting. */
  pending(): number;
}

/** A clock that stands still until it is told otherwise. */
export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs;
  const timers = new Set<{ atMs: number; task: () => void }>();

  function nextDue(untilMs: number) {
    const due = [...timers].filter((timer) => timer.atMs <= untilMs);
    return due.toSorted((a, b) => a.atMs - b.atMs)[0];
  }

  return {
    now: () => nowMs,
    pending: () => timers.size,
    after(ms, task) {
      const timer = { atMs: nowMs + ms, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      // What is already settled may still plan something from here.
      await turn();
      const untilMs = nowMs + ms;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        nowMs = timer.atMs;
        timer.task();
        await turn();
      }
      nowMs = untilMs;
      await turn();
    },
  };
}
