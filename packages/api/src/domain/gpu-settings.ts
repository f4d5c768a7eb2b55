/** Figures of the attempt rules, milliseconds unless said. */
export interface GpuSettings {
  readonly maxInFlight: number;
  readonly httpTimeoutMs: number;
  /** An intent may be sent this long after its commit. */
  readonly sendWithinMs: number;
  readonly executionTimeoutMs: number;
  readonly ttlMs: number;
  readonly marginMs: number;
  /** From the first intent. */
  readonly deadlineMs: number;
  /** In our own backlog, before the first intent. */
  readonly backlogLimitMs: number;
  readonly unknownPatienceMs: number;
  readonly maxTries: number;
  readonly backoffMs: number;
  readonly firstPollMs: number;
  readonly watchedPollMs: number;
  readonly unwatchedPollMs: number;
  readonly oldPollMs: number;
  readonly oldAfterMs: number;
  /** Questions about attempts this process asks one GPU side in a second, at most. */
  readonly pollsPerSecond: number;
  readonly collectWithinMs: number;
  readonly leaseMs: number;
  readonly leaseRenewMs: number;
  /** Largest body of a submit. */
  readonly maxBodyBytes: number;
}

/** The figures of the design; RunPod deletes a job `ttlMs` after submit and a result 30 minutes after completion. */
export const DEFAULT_GPU_SETTINGS: GpuSettings = {
  maxInFlight: 20,
  httpTimeoutMs: 30_000,
  sendWithinMs: 5_000,
  executionTimeoutMs: 300_000,
  ttlMs: 600_000,
  marginMs: 60_000,
  deadlineMs: 900_000,
  backlogLimitMs: 86_400_000,
  unknownPatienceMs: 120_000,
  maxTries: 3,
  backoffMs: 2_000,
  firstPollMs: 1_000,
  watchedPollMs: 1_000,
  unwatchedPollMs: 5_000,
  oldPollMs: 15_000,
  oldAfterMs: 120_000,
  // Below half of RunPod's 2,000 in 10 s; the first question of each attempt comes on top.
  pollsPerSecond: 90,
  collectWithinMs: 600_000,
  leaseMs: 20_000,
  leaseRenewMs: 5_000,
  maxBodyBytes: 9_000_000,
};
