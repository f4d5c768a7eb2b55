import type { RunpodReport } from "@ob/runpod";

/** A COMPLETED report just read with our key. */
export type CompletedReport = Extract<RunpodReport, { kind: "completed" }>;

/** What a step of the driver led to. */
export type StepOutcome =
  /** The rows changed: choose the next step from them. `completed` spares the next step a second reading. */
  { kind: "moved"; completed: CompletedReport | null } | { kind: "wait"; dueAt: Date };

export const MOVED: StepOutcome = { kind: "moved", completed: null };

/** Waits `delayMs` from `now`, but never past the earliest of `limits` that is still ahead. */
export function waitFor(delayMs: number, now: Date, limits: readonly Date[] = []): StepOutcome {
  const nowMs = now.getTime();
  const ahead = limits.map((limit) => limit.getTime()).filter((limitMs) => limitMs > nowMs);
  return { kind: "wait", dueAt: new Date(Math.min(nowMs + delayMs, ...ahead)) };
}
