import { readHistory } from "./read-history.ts";
import { readQueue } from "./read-queue.ts";
import type { ComfyuiSide } from "./look-at-queue.ts";

/** Whether ComfyUI has taken a prompt in; that it has not yet proves nothing. @throws as `readQueue` */
export async function findPrompt(
  { server }: Pick<ComfyuiSide, "server">,
  promptId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { running, pending } = await readQueue(server, "report", signal);
  if ([...running, ...pending].some(({ id }) => id === promptId)) return true;
  return (await readHistory(server, promptId, signal)) !== null;
}
