import type { RunpodFailure, RunpodReport } from "../backend.ts";
import { isPromptId } from "./prompt-id.ts";
import type { OurEnding } from "./prompt-notes.ts";
import { lookAtQueue, type ComfyuiSide } from "./look-at-queue.ts";
import { readHistory, type PromptEnding } from "./read-history.ts";

/**
 * Reads one prompt. The queue is asked before the history: a prompt only ever moves from the one to
 * the other, so one that is in neither is surely gone (a restart forgets both).
 */
export async function reportPrompt(
  side: ComfyuiSide,
  promptId: string,
  signal: AbortSignal,
): Promise<RunpodReport> {
  if (!isPromptId(promptId)) return { kind: "gone" };
  const { server, notes } = side;
  const queue = await lookAtQueue(side, "report", signal);
  if (queue.running.some(({ id }) => id === promptId)) {
    notes.noteRunning(promptId);
    return { kind: "running", progress: notes.progressOf(promptId) };
  }
  const pending = queue.pending.find(({ id }) => id === promptId);
  if (pending !== undefined) {
    const { marks } = pending;
    const queuedMs = marks === null ? null : Math.max(0, server.now() - marks.submittedAtMs);
    return { kind: "waiting", queuedMs };
  }
  const ending = await readHistory(server, promptId, signal);
  notes.markOver(promptId);
  const ours = notes.endingOf(promptId);
  if (ending !== null) return toReport(ending, ours);
  return ours === null ? { kind: "gone" } : { kind: "failed", failure: ENDED_BY_US[ours] };
}

const ENDED_BY_US = {
  cancelled: {
    status: "CANCELLED",
    cause: "cancelled",
    retriable: false,
    message: "Cancelled.",
  },
  "timed-out": {
    status: "TIMED_OUT",
    cause: "timeout",
    retriable: true,
    message: "It outlived its TTL or its execution timeout and was ended by us.",
  },
} as const satisfies Record<OurEnding, RunpodFailure>;

/** Somebody at ComfyUI's own page pressed its cancel button, or we did and have restarted since. */
const INTERRUPTED_BY_OTHERS: RunpodFailure = {
  status: "FAILED",
  cause: "worker",
  retriable: true,
  message: "The prompt was interrupted at ComfyUI, not by this process.",
};

function toReport(
  { end, delayMs, executionMs }: PromptEnding,
  ours: OurEnding | null,
): RunpodReport {
  switch (end.kind) {
    case "success":
      return { kind: "completed", output: { images: end.files }, delayMs, executionMs };
    case "interrupted":
      return {
        kind: "failed",
        failure: ours === null ? INTERRUPTED_BY_OTHERS : ENDED_BY_US[ours],
      };
    case "error":
      return { kind: "failed", failure: end.failure };
  }
}
