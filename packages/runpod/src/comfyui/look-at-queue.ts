import type { ComfyuiServer } from "./comfyui-server.ts";
import { endPrompt } from "./end-prompt.ts";
import type { PromptNotes } from "./prompt-notes.ts";
import { readQueue, type ComfyuiQueue, type QueuedPrompt } from "./read-queue.ts";

/** What every verb works with. */
export interface ComfyuiSide {
  server: ComfyuiServer;
  notes: PromptNotes;
}

/**
 * Reads the queue, and ends in passing every prompt of ours that has outlived its TTL or its
 * execution timeout, whichever process of ours queued it: ComfyUI has no such limits, so they are
 * kept whenever somebody looks. Prompts that do not bear our marks are never touched.
 * @returns the queue as it is then @throws as `askKnownRoute`
 */
export async function lookAtQueue(
  { server, notes }: ComfyuiSide,
  operation: "report" | "cancel" | "health" | "submit",
  signal: AbortSignal,
): Promise<ComfyuiQueue> {
  const seen = await readQueue(server, operation, signal);
  const overdue = [
    ...seen.pending.filter((prompt) => isPastTtl(prompt, server.now())),
    ...seen.running.filter((prompt) => isOverdue(prompt, { notes, nowMs: server.now() })),
  ];
  if (overdue.length === 0) return seen;
  for (const { id } of overdue) {
    // Noted first: whoever sees it end must know why.
    notes.markEndedByUs(id, "timed-out");
    await endPrompt(server, { promptId: id, seen }, signal);
  }
  return readQueue(server, operation, signal);
}

function isPastTtl({ marks }: QueuedPrompt, nowMs: number): boolean {
  return marks !== null && nowMs >= marks.submittedAtMs + marks.ttlMs;
}

function isOverdue(
  prompt: QueuedPrompt,
  { notes, nowMs }: { notes: PromptNotes; nowMs: number },
): boolean {
  if (prompt.marks === null) return false;
  const startedAtMs = notes.noteRunning(prompt.id);
  return isPastTtl(prompt, nowMs) || nowMs >= startedAtMs + prompt.marks.executionTimeoutMs;
}
