import type { RunpodReport } from "@ob/runpod";
import type { DriveState } from "./drive-rows.ts";

/** A COMPLETED report just read with our key. */
export type CompletedReport = Extract<RunpodReport, { kind: "completed" }>;

/** A value for one taker: whoever holds the hand-over holds nothing once it was taken. */
export interface HandOver<T> {
  /** Null = it was taken before. */
  take(): T | null;
}

/** Hands a value over to whoever takes it first. */
export function handOver<T>(value: T): HandOver<T> {
  let held: T | null = value;
  return {
    take() {
      const taken = held;
      held = null;
      return taken;
    },
  };
}

/** What a step of the driver led to. */
export type StepOutcome =
  /**
   * The rows changed: choose the next step from them. `state` = as the move left them, null = to be
   * read. `completed` spares the next step a second reading at RunPod; it may be megabytes, which must
   * not stay in memory while that step waits for its turn.
   */
  | {
      readonly kind: "moved";
      readonly state: DriveState | null;
      readonly completed: HandOver<CompletedReport> | null;
    }
  | { readonly kind: "wait"; readonly dueAt: Date };

export const MOVED: StepOutcome = { kind: "moved", state: null, completed: null };

/** Waits `delayMs` from `now`, but never past the earliest of `limits` that is still ahead. */
export function waitFor(delayMs: number, now: Date, limits: readonly Date[] = []): StepOutcome {
  const nowMs = now.getTime();
  const ahead = limits.map((limit) => limit.getTime()).filter((limitMs) => limitMs > nowMs);
  return { kind: "wait", dueAt: new Date(Math.min(nowMs + delayMs, ...ahead)) };
}
