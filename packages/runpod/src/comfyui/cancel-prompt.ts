import { endPrompt } from "./end-prompt.ts";
import { lookAtQueue, type ComfyuiSide } from "./look-at-queue.ts";
import { isPromptId } from "./prompt-id.ts";

/** Asks for the end of one prompt; one that has ended, or that nobody knows, is left alone. */
export async function cancelPrompt(
  side: ComfyuiSide,
  promptId: string,
  signal: AbortSignal,
): Promise<void> {
  if (!isPromptId(promptId)) return;
  const { server, notes } = side;
  const seen = await lookAtQueue(side, "cancel", signal);
  const isThere = [...seen.running, ...seen.pending].some(({ id }) => id === promptId);
  if (!isThere) return;
  notes.markEndedByUs(promptId, "cancelled");
  await endPrompt(server, { promptId, seen }, signal);
}
