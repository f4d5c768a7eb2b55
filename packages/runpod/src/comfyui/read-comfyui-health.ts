import { z } from "zod";

import type { GpuHealth } from "../backend.ts";
import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import { lookAtQueue, type ComfyuiSide } from "./look-at-queue.ts";

const SystemStats = z.object({
  system: z.object({ comfyui_version: z.string().catch("unknown") }),
  devices: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      vram_total: z.number().nullish(),
      vram_free: z.number().nullish(),
    }),
  ),
});

/** What ComfyUI says of itself; memory in bytes. */
export type ComfyuiSystem = z.infer<typeof SystemStats>;

/** Reads `/system_stats`. @throws as `askKnownRoute` */
export function readSystem(
  server: ComfyuiSide["server"],
  signal: AbortSignal,
): Promise<ComfyuiSystem> {
  const take = takeJson((json) => SystemStats.safeParse(json).data ?? null);
  const question = { operation: "health", method: "GET", path: "/system_stats", take } as const;
  return askKnownRoute(server, question, signal);
}

/** One ComfyUI is one worker: it runs, or it is ready. Other people's prompts count as well. */
export async function readComfyuiHealth(
  side: ComfyuiSide,
  signal: AbortSignal,
): Promise<GpuHealth> {
  await readSystem(side.server, signal);
  const { running, pending } = await lookAtQueue(side, "health", signal);
  return {
    ready: running.length === 0 ? 1 : 0,
    running: running.length,
    initializing: 0,
    throttled: 0,
    inQueue: pending.length,
    inProgress: running.length,
  };
}
