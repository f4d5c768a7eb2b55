import { z } from "zod";

import type { Clock } from "../clock.ts";
import { JobTimers } from "../job-timers.ts";
import type { JobStatus } from "../job.ts";
import type { PromptPlan } from "./mishaps.ts";
import type { PromptTruth } from "./options.ts";

/** One message of the kinds that `/history` keeps. */
export type HistoryMessage = readonly [event: string, data: object];

/** What `/history` shows of an ended prompt. */
export interface HistoryEntry {
  prompt: QueueItem;
  outputs: Record<string, { images: { filename: string; subfolder: string; type: string }[] }>;
  status: { status_str: "success" | "error"; completed: boolean; messages: HistoryMessage[] };
  meta: Record<
    string,
    { node_id: string; display_node: string; parent_node: null; real_node_id: string }
  >;
}

/** As ComfyUI queues it: number, id, graph, extra data, the output nodes to run. */
export type QueueItem = readonly [
  number: number,
  promptId: string,
  graph: unknown,
  extraData: Readonly<Record<string, unknown>>,
  outputs: readonly string[],
];

/** One prompt with all that is known of it; times in epoch ms. */
export interface SimulatedPrompt {
  readonly item: QueueItem;
  readonly id: string;
  readonly clientId: string | null;
  readonly plan: PromptPlan;
  readonly isForeign: boolean;
  readonly submittedAtMs: number;
  readonly timers: JobTimers;
  status: JobStatus;
  startedAtMs: number | null;
  endedAtMs: number | null;
  wasInterrupted: boolean;
  /** The node at work. */
  node: string | null;
  messages: HistoryMessage[];
}

/** A prompt just queued. */
export function createPrompt(
  item: QueueItem,
  o: { plan: PromptPlan; isForeign: boolean; clock: Clock },
): SimulatedPrompt {
  const clientId = item[3]["client_id"];
  return {
    item,
    id: item[1],
    clientId: typeof clientId === "string" ? clientId : null,
    plan: o.plan,
    isForeign: o.isForeign,
    submittedAtMs: o.clock.now(),
    timers: new JobTimers(o.clock),
    status: "IN_QUEUE",
    startedAtMs: null,
    endedAtMs: null,
    wasInterrupted: false,
    node: null,
    messages: [],
  };
}

export function toPromptTruth(prompt: SimulatedPrompt): PromptTruth {
  const { id, status, submittedAtMs, startedAtMs, endedAtMs, isForeign, wasInterrupted } = prompt;
  const filePrefix = savedPrefix(prompt.item[2]);
  return {
    id,
    status,
    filePrefix,
    submittedAtMs,
    startedAtMs,
    endedAtMs,
    isForeign,
    wasInterrupted,
  };
}

const SavesImage = z.object({
  class_type: z.literal("SaveImage"),
  inputs: z.object({ filename_prefix: z.string() }),
});

function savedPrefix(graph: unknown): string | null {
  const nodes = z.record(z.string(), z.unknown()).safeParse(graph);
  for (const node of Object.values(nodes.success ? nodes.data : {})) {
    const saves = SavesImage.safeParse(node);
    if (saves.success) return saves.data.inputs.filename_prefix;
  }
  return null;
}
