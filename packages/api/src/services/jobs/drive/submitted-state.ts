import type { AttemptRow, DriveState } from "./drive-rows.ts";

/** A submitted attempt, its RunPod id at hand. */
export type SubmittedState = DriveState & { attempt: AttemptRow & { runpodJobId: string } };

/** Narrows to an attempt whose RunPod id is known; null = none is. */
export function toSubmitted(state: DriveState): SubmittedState | null {
  const { attempt } = state;
  if (attempt === null || attempt.runpodJobId === null) return null;
  return { ...state, attempt: { ...attempt, runpodJobId: attempt.runpodJobId } };
}
