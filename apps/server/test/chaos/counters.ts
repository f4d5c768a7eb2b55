/** What a run has done to the studio, and what it saw; printed at the end. */
export interface Counters {
  episodes: number;
  users: number;
  /** By how they ended, and for which reason. */
  jobs: Record<string, number>;
  /** Of servers, by failpoint; `at random` = by us, at no named point. */
  kills: Record<string, number>;
  /** Of PostgreSQL with all its children. */
  databaseKills: number;
  databasePauses: number;
  databaseConnectionsCut: number;
  databaseConnectionsSilenced: number;
  /** Connections cut just after a COMMIT or a hot function was passed on. */
  commitsCut: number;
  serverPauses: number;
  streamsCut: number;
  uploadsCut: number;
  /** Webhooks by what became of them on the way. */
  webhooks: Record<"passed" | "dropped" | "repeated" | "late" | "forged" | "after the end", number>;
  /** Submits that were queued although their answer did not say so, by the simulator's own log. */
  ambiguousSubmits: number;
  /** Scenarios the GPU side was put into, by name. */
  gpuTroubles: Record<string, number>;
  storageFailures: number;
  /** `jobs.create` sent again with the same request id. */
  repeatedCreates: number;
  /** Creates beyond the last credit, all at once. */
  refusedSpends: number;
  /** Refusals users saw, by code; `none` = no answer at all. */
  troublesSeen: Record<string, number>;
  /** From start to listening. */
  serverBackMs: number[];
  /** From the kill to the first login. */
  databaseBackMs: number[];
  /** SIGTERM to the end. */
  drainMs: number[];
}

export function createCounters(): Counters {
  return {
    episodes: 0,
    users: 0,
    jobs: {},
    kills: {},
    databaseKills: 0,
    databasePauses: 0,
    databaseConnectionsCut: 0,
    databaseConnectionsSilenced: 0,
    commitsCut: 0,
    serverPauses: 0,
    streamsCut: 0,
    uploadsCut: 0,
    webhooks: { passed: 0, dropped: 0, repeated: 0, late: 0, forged: 0, "after the end": 0 },
    ambiguousSubmits: 0,
    gpuTroubles: {},
    storageFailures: 0,
    repeatedCreates: 0,
    refusedSpends: 0,
    troublesSeen: {},
    serverBackMs: [],
    databaseBackMs: [],
    drainMs: [],
  };
}

/** Middle, 99 of 100, and greatest; null where nothing was measured. */
export function summarize(values: readonly number[]) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
}
