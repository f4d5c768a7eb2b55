import { z } from "zod";

import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import { readMarks, type PromptMarks } from "./prompt-marks.ts";

/** One prompt in the queue; `marks: null` = not ours. */
export interface QueuedPrompt {
  id: string;
  marks: PromptMarks | null;
}

export interface ComfyuiQueue {
  running: readonly QueuedPrompt[];
  pending: readonly QueuedPrompt[];
}

/** number, prompt id, graph, extra data, outputs, and whatever newer versions add. */
const Item = z.tuple([z.number(), z.string(), z.unknown(), z.unknown()]).rest(z.unknown());
const Queue = z.object({ queue_running: z.array(Item), queue_pending: z.array(Item) });

/** Reads `/queue`. @throws as `askKnownRoute` */
export function readQueue(
  server: ComfyuiServer,
  operation: "report" | "cancel" | "health" | "submit",
  signal: AbortSignal,
): Promise<ComfyuiQueue> {
  const question = { operation: operation === "submit" ? "report" : operation, take } as const;
  return askKnownRoute(server, { ...question, method: "GET", path: "/queue" }, signal);
}

const take = takeJson((json): ComfyuiQueue | null => {
  const queue = Queue.safeParse(json);
  if (!queue.success) return null;
  return {
    running: queue.data.queue_running.map(toPrompt),
    pending: queue.data.queue_pending.map(toPrompt),
  };
});

function toPrompt([, id, , extraData]: z.infer<typeof Item>): QueuedPrompt {
  return { id, marks: readMarks(extraData) };
}
