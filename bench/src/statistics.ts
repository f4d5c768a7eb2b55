/** Latencies of one mode, ms. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly n: number;
}

/** The middle value; of an even number, the mean of the two. @throws when there is none */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which a share `at` (0 to 1) lies, interpolated. @throws when there is none */
export function percentile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) throw new Error("a percentile of nothing");
  return low + (high - low) * (place - Math.floor(place));
}

/** Sums up latencies of any order. @throws when there is none */
export function summarize(ms: readonly number[]): Latencies {
  return {
    p50: percentile(ms, 0.5),
    p95: percentile(ms, 0.95),
    p99: percentile(ms, 0.99),
    max: percentile(ms, 1),
    n: ms.length,
  };
}

/**
 * Drops the rounds in which something else had the machine: those whose floor is more than twice
 * off the median floor, either way.
 */
export function keepSteady<Round>(
  rounds: readonly Round[],
  floorOf: (round: Round) => number,
): { kept: readonly Round[]; dropped: number } {
  const middle = median(rounds.map(floorOf));
  const kept = rounds.filter((round) => {
    const floor = floorOf(round);
    return floor <= middle * 2 && floor >= middle / 2;
  });
  return { kept, dropped: rounds.length - kept.length };
}

/**
 * The same for single shots: whole runs of `size` samples are dropped, since one slow floor among
 * steady ones says nothing about its neighbours.
 */
export function keepSteadySamples<Sample>(
  samples: readonly Sample[],
  floorOf: (sample: Sample) => number,
  size = 25,
): { kept: readonly Sample[]; dropped: number } {
  const rounds = Array.from({ length: Math.ceil(samples.length / size) }, (_, n) =>
    samples.slice(n * size, (n + 1) * size),
  );
  const { kept } = keepSteady(rounds, (round) => median(round.map(floorOf)));
  const left = kept.flat();
  return { kept: left, dropped: samples.length - left.length };
}
