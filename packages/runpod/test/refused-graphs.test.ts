import type { ApiGraph } from "@ob/workflow";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { nodeOf, simulatedEdit, withInput } from "./support/simulated-edit.ts";
import { simulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;
const FailedJob = z.object({ status: z.literal("FAILED"), error: z.string() });

/** Runs our own graph after one change, and gives worker-comfyui's error. */
async function errorAfter(change: (graph: ApiGraph) => ApiGraph): Promise<string> {
  await using runpod = await simulatedRunpod();
  const { attempt } = await simulatedEdit();
  const outcome = await runpod.client.submit(
    { ...attempt, graph: change(structuredClone(attempt.graph)) },
    { signal },
  );
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  await runpod.finishJob(outcome.runpodJobId);
  const report = await runpod.client.report(outcome.runpodJobId, signal);
  expect(report).toMatchObject({
    kind: "failed",
    failure: { cause: "validation", retriable: false },
  });
  const response = await runpod.request("GET", `/status/${outcome.runpodJobId}`);
  return FailedJob.parse(await response.json()).error;
}

/** The one node worker-comfyui complains about, as it words it. */
function complaint(nodeId: string, type: string): RegExp {
  return new RegExp(
    `^Workflow validation failed:\\n• Node ${nodeId} \\(errors\\): \\[\\{'type': '${type}', 'message': '`,
  );
}

describe("our own graph with one mistake fails the job in worker-comfyui's words", () => {
  test("missing_node_type: a class that is not installed", async () => {
    const error = await errorAfter((graph) => {
      const node = graph[nodeOf(graph, "CFGNorm")];
      if (node !== undefined) node.class_type = "CFGNormTypo";
      return graph;
    });
    expect(error).toMatch(
      / not found\. .*\. Raw response: \{"error": \{"type": "missing_node_type", /,
    );
    expect(error).toMatch(/"class_type": "CFGNormTypo", .*"node_errors": \{\}\}$/);
  });

  test("required_input_missing: no steps", async () => {
    const error = await errorAfter((graph) =>
      withInput(graph, nodeOf(graph, "KSampler"), { steps: undefined }),
    );
    expect(error).toMatch(complaint("3", "required_input_missing"));
    expect(error).toContain("'message': 'Required input is missing', 'details': 'steps', ");
    expect(error).toContain(
      "\n• Node 3 (dependent_outputs): ['60']\n• Node 3 (class_type): KSampler",
    );
  });

  test("return_type_mismatch: a picture where a latent belongs", async () => {
    const error = await errorAfter((graph) =>
      withInput(graph, nodeOf(graph, "KSampler"), { latent_image: ["78", 0] }),
    );
    expect(error).toMatch(complaint("3", "return_type_mismatch"));
  });

  test("value_not_in_list: a model file that is not there", async () => {
    const error = await errorAfter((graph) =>
      withInput(graph, nodeOf(graph, "UNETLoader"), { unet_name: "other.safetensors" }),
    );
    expect(error).toMatch(complaint("37", "value_not_in_list"));
    expect(error).toContain("unet_name: 'other.safetensors' not in ");
    expect(error).toContain("qwen_image_edit_2509_fp8_e4m3fn.safetensors");
  });

  test("bad_linked_input: a link of three parts", async () => {
    const error = await errorAfter((graph) =>
      withInput(graph, nodeOf(graph, "VAEDecode"), { samples: ["3", 0, 0] }),
    );
    expect(error).toMatch(complaint("8", "bad_linked_input"));
  });

  test("prompt_no_outputs: nothing is saved", async () => {
    const error = await errorAfter((graph) => {
      delete graph[nodeOf(graph, "SaveImage")];
      return graph;
    });
    expect(error).toMatch(
      /^Prompt has no outputs\. Raw response: \{"error": \{"type": "prompt_no_outputs", /,
    );
  });

  test("custom_validation_failed: a picture that was not sent along", async () => {
    const error = await errorAfter((graph) => withInput(graph, "78", { image: "other.png" }));
    expect(error).toMatch(complaint("78", "custom_validation_failed"));
    expect(error).toContain("Invalid image file: other.png");
  });
});
