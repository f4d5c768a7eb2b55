/** What one kind of request may cost RunPod. */
export interface RateLimit {
  /** In any ten seconds. */
  readonly starts: number;
  /** Under way at once. */
  readonly atOnce: number;
}

/** Kinds of requests that RunPod counts apart. */
export type LimitedOperation = "run" | "status" | "cancel" | "health";

/**
 * Per endpoint. More is answered 429.
 * @see https://docs.runpod.io/serverless/endpoints/operation-reference
 */
export const RUNPOD_LIMITS = {
  run: { starts: 1_000, atOnce: 200 },
  status: { starts: 2_000, atOnce: 400 },
  cancel: { starts: 100, atOnce: 20 },
  // Not documented; ours, far above what we need.
  health: { starts: 100, atOnce: 20 },
} as const satisfies Record<LimitedOperation, RateLimit>;

/** A little longer than RunPod's ten seconds: requests arrive bunched up where they left evenly. */
export const WINDOW_MS = 10_150;

/** Which limit a request of ours falls under; null = none that is known. */
export function limitedOperation(url: string): LimitedOperation | null {
  const path = URL.parse(url)?.pathname ?? "";
  return OPERATIONS.find((operation) => PATHS[operation].test(path)) ?? null;
}

const OPERATIONS = ["run", "status", "cancel", "health"] as const;
const PATHS = {
  run: /\/run$/,
  status: /\/status\/[^/]+$/,
  cancel: /\/cancel\/[^/]+$/,
  health: /\/health$/,
} as const satisfies Record<LimitedOperation, RegExp>;
