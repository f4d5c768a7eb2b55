import { askComfyui, askComfyuiOnce, takeNothing } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import { readQueue, type ComfyuiQueue } from "./read-queue.ts";

/** A prompt may begin to run between our look and our deletion, and end between look and interrupt. */
const LOOKS = 4;

/**
 * Ends one prompt, waiting or running, and touches no other: only the one that is seen running at
 * this moment is interrupted, by its id, and asked for once. Versions from before September 2025 read
 * no id there and interrupt whatever runs when the request arrives; for those the look right before is
 * all there is, and a repeated interrupt would come without one.
 * @returns whether it was there. A running one takes a while to notice.
 * @throws as `askKnownRoute`
 * @see https://github.com/Comfy-Org/ComfyUI/pull/9607
 */
export async function endPrompt(
  server: ComfyuiServer,
  o: { promptId: string; seen: ComfyuiQueue },
  signal: AbortSignal,
): Promise<boolean> {
  let { seen } = o;
  let isFresh = false;
  let wasThere = false;
  for (let look = 1; look <= LOOKS; look += 1) {
    if (seen.running.some(({ id }) => id === o.promptId)) {
      // What the caller saw may be a while ago.
      if (isFresh) {
        await interrupt(server, o.promptId, signal);
        return true;
      }
    } else {
      if (seen.pending.every(({ id }) => id !== o.promptId)) return wasThere;
      await deletePending(server, o.promptId, signal);
    }
    wasThere = true;
    seen = await readQueue(server, "cancel", signal);
    isFresh = true;
  }
  return wasThere;
}

async function interrupt(
  server: ComfyuiServer,
  promptId: string,
  signal: AbortSignal,
): Promise<void> {
  const about = { operation: "cancel", method: "POST", runpodJobId: promptId } as const;
  const body = { prompt_id: promptId };
  await askComfyuiOnce(server, { ...about, path: "/interrupt", body, take: takeNothing }, signal);
}

async function deletePending(
  server: ComfyuiServer,
  promptId: string,
  signal: AbortSignal,
): Promise<void> {
  const about = { operation: "cancel", method: "POST", runpodJobId: promptId } as const;
  const body = { delete: [promptId] };
  await askComfyui(server, { ...about, path: "/queue", body, take: takeNothing }, signal);
}
