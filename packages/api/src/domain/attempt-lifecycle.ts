import type { GpuSettings } from "./gpu-settings.ts";

/** States of one try on a GPU; the first three are live. */
export type AttemptState = "intent" | "submitted" | "unknown" | "finished" | "dead";
/** States in which a RunPod job of ours may exist. */
export const LIVE_ATTEMPT_STATES = ["intent", "submitted", "unknown"] as const;

/** Why an attempt is surely over without a result; the only reasons after which another may start. */
export type DeadReason =
  | "never-sent"
  | "refused"
  | "failed"
  | "timed-out"
  | "cancelled"
  | "gone"
  | "ttl";

interface AttemptTransition {
  readonly from: readonly ("intent" | "submitted" | "unknown")[];
  readonly to: AttemptState;
}

/** Everything that can happen to an attempt, whatever its job's status. */
export const ATTEMPT_EVENTS = {
  accepted: { from: ["intent", "unknown"], to: "submitted" },
  unanswered: { from: ["intent"], to: "unknown" },
  refused: { from: ["intent", "unknown"], to: "dead" },
  finished: { from: ["submitted"], to: "finished" },
  ended: { from: ["submitted"], to: "dead" },
} as const satisfies Record<string, AttemptTransition>;

export type AttemptEvent = keyof typeof ATTEMPT_EVENTS;

/** From when RunPod's TTL has surely killed whatever an intent of `intentAt` may have sent. */
export function deadAfter(intentAt: Date, settings: GpuSettings): Date {
  const { sendWithinMs, httpTimeoutMs, ttlMs, marginMs } = settings;
  return new Date(intentAt.getTime() + sendWithinMs + httpTimeoutMs + ttlMs + marginMs);
}

/**
 * From when RunPod's TTL has surely killed a run whose answer is known: it was queued before its
 * answer came, even if the process that sent it stood still for longer than any margin.
 */
export function killedFrom(
  attempt: { deadAfter: Date; submittedAt: Date | null },
  { ttlMs, marginMs }: GpuSettings,
): Date {
  const submittedMs = attempt.submittedAt?.getTime() ?? 0;
  return new Date(Math.max(attempt.deadAfter.getTime(), submittedMs + ttlMs + marginMs));
}

/** From when an intent nobody reported on counts as unknown: its sender has surely stopped. */
export function unknownFrom(intentAt: Date, settings: GpuSettings): Date {
  return new Date(intentAt.getTime() + settings.sendWithinMs + settings.httpTimeoutMs);
}

/** Until when a job waits for an attempt that was never answered: its patience, or its deadline. */
export function patienceEnds(
  attempt: { intentAt: Date },
  job: { deadlineAt: Date },
  settings: GpuSettings,
): Date {
  const patience = attempt.intentAt.getTime() + settings.unknownPatienceMs;
  return new Date(Math.min(patience, job.deadlineAt.getTime()));
}

/** Whether an intent may still be sent at `now`. */
export function maySend(intentAt: Date, now: Date, settings: GpuSettings): boolean {
  return now.getTime() - intentAt.getTime() <= settings.sendWithinMs;
}
