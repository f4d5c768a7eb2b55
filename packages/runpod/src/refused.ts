import type { SubmitOutcome } from "./backend.ts";

/** Answers to a submit after which the job is surely not queued. */
export const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 422, 429]);

/** The outcome of a submit that surely queued nothing; `status: null` = nothing was answered. */
export function refused(
  status: number | null,
  reason: string,
  retryAfterMs: number | null = null,
): SubmitOutcome {
  return { kind: "refused", status, reason, retryAfterMs };
}
