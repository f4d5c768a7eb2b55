import { z } from "zod";

import type { RunpodFailure } from "../backend.ts";
import { classifyFailure } from "../failure.ts";
import { askKnownRoute, takeJson } from "./ask-comfyui.ts";
import type { ComfyuiServer } from "./comfyui-server.ts";
import type { ExchangeRecord } from "../record-exchange.ts";

const File = z.object({ filename: z.string(), subfolder: z.string(), type: z.string() });
/** `images` of nodes that give something else (text, meshes) are passed over. */
const NodeOutput = z.object({ images: z.array(File).catch([]).default([]) });

const EventData = z.looseObject({ timestamp: z.number().optional() });
const Entry = z.object({
  prompt: z.tuple([z.unknown(), z.string(), z.unknown(), z.unknown()]).rest(z.unknown()),
  outputs: z.record(z.string(), NodeOutput),
  /** Null on very old versions, and where the run was not told of. */
  status: z
    .object({
      status_str: z.string(),
      messages: z.array(z.tuple([z.string(), EventData]).rest(z.unknown())),
    })
    .nullish(),
});

/** How a prompt ended; times in ms of ComfyUI's own clock. */
export interface PromptEnding {
  end:
    | { kind: "success"; files: readonly OutputFile[] }
    | { kind: "interrupted" }
    | { kind: "error"; failure: RunpodFailure };
  /** From queued to begun; null = ComfyUI does not say. */
  delayMs: number | null;
  executionMs: number | null;
}

/** A file a prompt has made, as `/view` takes it. */
export type OutputFile = z.infer<typeof File>;

/** Reads how a prompt ended; `null`: it has not, or is no longer remembered. @throws as `askKnownRoute` */
export async function readHistory(
  server: ComfyuiServer,
  promptId: string,
  signal: AbortSignal,
): Promise<PromptEnding | null> {
  const question = {
    operation: "report",
    method: "GET",
    path: `/history/${promptId}`,
    runpodJobId: promptId,
    take: takeJson((json, record) => takeEntry(json, { promptId, record })),
  } as const;
  return (await askKnownRoute(server, question, signal)).ending;
}

function takeEntry(
  json: unknown,
  { promptId, record }: { promptId: string; record: ExchangeRecord },
): { ending: PromptEnding | null } | null {
  const history = z.record(z.string(), z.unknown()).safeParse(json);
  if (!history.success) return null;
  const found = history.data[promptId];
  if (found === undefined) return { ending: null };
  const entry = Entry.safeParse(found);
  if (!entry.success) return null;
  const ending = toEnding(entry.data);
  const { end } = ending;
  if (end.kind === "error") record.failed({ jobStatus: "FAILED" });
  if (end.kind === "success" && end.files.length === 0) {
    record.check("output files", false, "the prompt ended well and saved nothing");
    record.failed({ jobStatus: "COMPLETED", cause: "nothing-drawn" });
  }
  return { ending };
}

function toEnding({ prompt, outputs, status }: z.infer<typeof Entry>): PromptEnding {
  const messages = new Map(status?.messages.map(([event, data]) => [event, data] as const));
  const startedMs = messages.get("execution_start")?.timestamp ?? null;
  const endedMs =
    ["execution_success", "execution_error", "execution_interrupted"]
      .map((event) => messages.get(event)?.timestamp)
      .find((timestamp) => timestamp !== undefined) ?? null;
  const Created = z.object({ create_time: z.number() });
  const created = Created.safeParse(prompt[3]);
  return {
    end: toEnd({ outputs, messages, statusText: status?.status_str ?? "success" }),
    delayMs: span(created.success ? created.data.create_time : null, startedMs),
    executionMs: span(startedMs, endedMs),
  };
}

const ExecutionError = z.object({
  node_id: z.string().catch("?"),
  node_type: z.string().catch("?"),
  exception_type: z.string().catch(""),
  exception_message: z.string().catch(""),
});

function toEnd(o: {
  outputs: z.infer<typeof Entry>["outputs"];
  messages: ReadonlyMap<string, unknown>;
  statusText: string;
}): PromptEnding["end"] {
  if (o.messages.has("execution_interrupted")) return { kind: "interrupted" };
  if (o.statusText !== "error" && !o.messages.has("execution_error")) {
    const files = Object.values(o.outputs).flatMap(({ images }) => images);
    return { kind: "success", files: files.filter(({ type }) => type === "output") };
  }
  const error = ExecutionError.parse(o.messages.get("execution_error") ?? {});
  // In worker-comfyui's words, by which failures are told apart.
  const text =
    `Workflow execution error: Node Type: ${error.node_type}, Node ID: ${error.node_id}, ` +
    `Message: ${error.exception_type} ${error.exception_message}`;
  return { kind: "error", failure: classifyFailure("FAILED", { error: text }) };
}

/** Never negative: two clocks of one machine may still be read in an odd order. */
function span(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : Math.max(0, toMs - fromMs);
}
