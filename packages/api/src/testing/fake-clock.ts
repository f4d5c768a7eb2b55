/** Time that stands still until it is moved. */
export interface FakeClock {
  now(): Date;
  advance(ms: number): void;
}

/** Makes a clock at a fixed moment. */
export function createFakeClock(start = new Date("2026-11-22T08:00:00.000Z")): FakeClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance(ms) {
      nowMs += ms;
    },
  };
}
