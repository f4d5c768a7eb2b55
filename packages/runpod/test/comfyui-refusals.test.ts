import type { ApiGraph } from "@ob/workflow";
import { expect, test } from "vitest";

import type { ExchangeCause } from "../src/exchange-cause.ts";
import { attemptsOf } from "./support/comfyui-attempt.ts";
import { simulatedComfyui } from "./support/simulated-comfyui.ts";
import { nodeOf, simulatedEdit, withInput } from "./support/simulated-edit.ts";

const signal = new AbortController().signal;
const attemptOf = attemptsOf(simulatedEdit());

const sampler = (graph: ApiGraph): string => nodeOf(graph, "KSampler");

/** Our own graph with one mistake each, by ComfyUI's name for it. */
const MISTAKES: readonly {
  type: string;
  cause: ExchangeCause;
  change: (graph: ApiGraph) => ApiGraph;
}[] = [
  {
    type: "missing_node_type",
    cause: "node-class-missing",
    change: (graph) => ({ ...graph, "9": { class_type: "CFGNormTypo", inputs: {} } }),
  },
  {
    type: "prompt_no_outputs",
    cause: "graph-refused",
    change(graph) {
      delete graph[nodeOf(graph, "SaveImage")];
      return graph;
    },
  },
  {
    type: "required_input_missing",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { steps: undefined }),
  },
  {
    type: "bad_linked_input",
    cause: "graph-refused",
    change: (graph) => withInput(graph, nodeOf(graph, "VAEDecode"), { samples: ["3", 0, 0] }),
  },
  {
    type: "return_type_mismatch",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { latent_image: ["78", 0] }),
  },
  {
    type: "invalid_input_type",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { cfg: "much" }),
  },
  {
    type: "value_smaller_than_min",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { steps: 0 }),
  },
  {
    type: "value_bigger_than_max",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { denoise: 2 }),
  },
  {
    type: "value_not_in_list",
    cause: "model-file-missing",
    change: (graph) =>
      withInput(graph, nodeOf(graph, "UNETLoader"), { unet_name: "other.safetensors" }),
  },
  {
    type: "custom_validation_failed",
    cause: "input-file-missing",
    change: (graph) => withInput(graph, "78", { image: "other.png" }),
  },
  {
    type: "exception_during_inner_validation",
    cause: "graph-refused",
    change: (graph) => withInput(graph, sampler(graph), { model: ["no-such-node", 0] }),
  },
];

test("every class of mistake is refused at once with what ComfyUI said, and is not for another try", async () => {
  await using it = await simulatedComfyui();
  for (const [at, { type, cause, change }] of MISTAKES.entries()) {
    const attempt = await attemptOf(`ob-refusals-${at}`);
    const graph = change(attempt.graph);
    const outcome = await it.backend.submit({ ...attempt, graph }, { signal });
    const told = it.failures.at(-1);
    expect({ outcome, told: { ...told, type } }).toMatchObject({
      outcome: { kind: "refused", status: 400, retryAfterMs: null },
      told: {
        type,
        operation: "submit",
        cause,
        response: { body: expect.stringContaining(`"type":"${type}"`) },
      },
    });
  }
  expect(it.failures).toHaveLength(MISTAKES.length);
  expect(it.live()).toBe(0);
});

test("an id that is no canonical UUID would be refused: ours always is one", async () => {
  await using it = await simulatedComfyui({ authorization: null });
  const response = await fetch(`${it.url}/prompt`, {
    method: "POST",
    body: JSON.stringify({ prompt: {}, prompt_id: "NOT-A-UUID" }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { type: "invalid_prompt_id" } });
});

test("a picture that is none fails on the GPU, with the node at fault", async () => {
  await using it = await simulatedComfyui();
  const attempt = await attemptOf("ob-refusals-picture");
  const images = attempt.images.map(({ name }) => ({ name, bytes: new Uint8Array([1, 2, 3]) }));
  const outcome = await it.backend.submit({ ...attempt, images }, { signal });
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  await it.finishJob(outcome.runpodJobId);
  expect(await it.backend.report(outcome.runpodJobId, signal)).toMatchObject({
    kind: "failed",
    failure: {
      status: "FAILED",
      cause: "worker",
      message: expect.stringContaining("Node Type: LoadImage, Node ID: 78"),
    },
  });
});
