import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { checkGraph, NODE_TYPES } from "@ob/workflow";
import { z } from "zod";

import { parseJson } from "../../read-body.ts";
import { receiveBody } from "../receive-body.ts";
import { readGraph } from "../worker/validate-input.ts";
import type { ComfyuiApp, ComfyuiAppParts } from "./app.ts";
import type { PromptPlan } from "./mishaps.ts";
import { createPrompt, type QueueItem } from "./prompt.ts";

const MAX_PROMPT_BYTES = 100 * 1024 * 1024;

const PromptBody = z.looseObject({
  prompt: z.unknown().optional(),
  prompt_id: z.string().nullish(),
  client_id: z.string().optional(),
  extra_data: z.record(z.string(), z.unknown()).default({}),
});

/** `POST /prompt`: checks the graph as ComfyUI does and queues it under the caller's id. */
export function addPromptRoute(app: ComfyuiApp, parts: ComfyuiAppParts): void {
  app.post("/prompt", async (c) => {
    const raw = await receiveBody(c.req.raw, MAX_PROMPT_BYTES);
    const plan = parts.desk.takePrompt();
    if (plan.answer === "rate-limit") return c.text("slow down", 429, { "retry-after": "1" });
    if (plan.answer === "error-500") return c.text("500 Internal Server Error", 500);
    if (plan.answer === "swallow") return new Promise<Response>(() => undefined);
    const body = PromptBody.safeParse(raw === null ? undefined : parseJson(raw.toString("utf8")));
    if (!body.success) return c.text("500 Internal Server Error", 500);
    const answer = queuePrompt(parts, body.data, plan);
    if (plan.answer === "drop") {
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (plan.answer === "502") return c.html("<h1>502 Bad Gateway</h1>", 502);
    return c.json(answer.body, answer.status);
  });
}

function queuePrompt(
  { queue, files, clock, newId }: ComfyuiAppParts,
  body: z.infer<typeof PromptBody>,
  plan: PromptPlan,
): { status: 200 | 400; body: object } {
  const error = (type: string, message: string, details: string) => ({
    status: 400 as const,
    body: { error: { type, message, details, extra_info: {} }, node_errors: {} },
  });
  if (body.prompt === undefined) {
    return error("no_prompt", "No prompt provided", "No prompt provided");
  }
  const id = body.prompt_id ?? newId();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    return error("invalid_prompt_id", "prompt_id must be a valid UUID", "not canonical");
  }
  const graph = body.prompt;
  const verdict = checkGraph(graph, {
    files: [...files.all("input").keys()],
    profile: "comfyui",
  });
  if (!verdict.valid) {
    return { status: 400, body: { error: verdict.error, node_errors: verdict.node_errors } };
  }
  const clientId = body.client_id === undefined ? {} : { client_id: body.client_id };
  const extraData = { ...body.extra_data, ...clientId, create_time: Math.round(clock.now()) };
  const number = queue.nextNumber();
  const item: QueueItem = [number, id, graph, extraData, outputNodes(graph)];
  queue.put(createPrompt(item, { plan, isForeign: false, clock }));
  return { status: 200, body: { prompt_id: id, number, node_errors: verdict.node_errors } };
}

/** Ids of the nodes that save something. */
function outputNodes(graph: unknown): string[] {
  return Object.entries(readGraph(graph) ?? {}).flatMap(([id, { class_type: type }]) =>
    NODE_TYPES.get(type)?.output_node === true ? [id] : [],
  );
}
