import { describe, expect, test } from "vitest";

import { nodeOf, simulatedEdit, withInput } from "../../../test/support/simulated-edit.ts";
import { traceGraph } from "./trace-graph.ts";

describe("our own graph", () => {
  test("leads from SaveImage back to picture, mask, prompt, seed and steps", async () => {
    const { bound } = await simulatedEdit({ filePrefix: "ob-7" });
    const grow = Number(bound.graph[nodeOf(bound.graph, "GrowMask")]?.inputs["expand"]);
    const blur = Number(bound.graph[nodeOf(bound.graph, "ImageBlur")]?.inputs["blur_radius"]);
    expect(traceGraph(bound.graph)).toEqual({
      samplerId: "3",
      steps: 4,
      seed: 4_242,
      prompt: "Replace the background with white. Keep everything else.",
      denoise: 1,
      image: { file: "picture-1.png", nodeId: "78", totalPixels: null },
      extras: [],
      latentSize: null,
      mask: { file: "mask-1.png", nodeId: "201", channel: "red", growPx: grow, blurPx: blur },
      filePrefix: "ob-7",
    });
    expect(grow).toBeGreaterThan(0);
  });

  test("without a mask has none", async () => {
    const { bound } = await simulatedEdit({ masked: false });
    expect(traceGraph(bound.graph)).toMatchObject({ mask: null, image: { nodeId: "78" } });
  });

  test.each(["fast", "aligned"])("in mode %s leads to every picture, in order", async (mode) => {
    const { bound } = await simulatedEdit({ mode, extras: 2 });
    expect(traceGraph(bound.graph)).toMatchObject({
      prompt: "Replace the background with white. Keep everything else.",
      image: { file: "picture-1.png" },
      extras: [{ file: "picture-2.png" }, { file: "picture-3.png" }],
      mask: { file: "mask-1.png" },
    });
  });

  test("of a restoration has its denoise and working size", async () => {
    const params = { denoise: 0.4, megapixels: 1.5 };
    const { bound } = await simulatedEdit({ version: "photo-restore@1", params });
    expect(traceGraph(bound.graph)).toMatchObject({
      denoise: 0.4,
      image: { file: "picture-1.png", totalPixels: { megapixels: 1.5, resolutionSteps: 16 } },
      extras: [],
      mask: null,
    });
  });

  test("on an empty latent has its size, and the encoder's picture", async () => {
    const { bound } = await simulatedEdit({ masked: false });
    const inputs = { width: 768, height: 1_360, batch_size: 1 };
    const graph = {
      ...withInput(bound.graph, "3", { latent_image: ["112", 0] }),
      "112": { class_type: "EmptySD3LatentImage", inputs },
    };
    expect(traceGraph(graph)).toMatchObject({
      latentSize: { width: 768, height: 1_360 },
      image: { file: "picture-1.png", nodeId: "78" },
    });
  });
});

test("a mask of LoadImage's own slot is the inverted alpha", async () => {
  const { bound } = await simulatedEdit();
  const graph = withInput(bound.graph, nodeOf(bound.graph, "SetLatentNoiseMask"), {
    mask: ["201", 1],
  });
  expect(traceGraph(graph)?.mask).toMatchObject({ channel: "alpha", growPx: 0, blurPx: 0 });
});

test.each([
  ["nothing is saved", { "1": { class_type: "VAELoader", inputs: {} } }],
  ["nothing is sampled", { "1": { class_type: "SaveImage", inputs: { images: ["2", 0] } } }],
  [
    "links run in a circle",
    {
      "1": { class_type: "SaveImage", inputs: { images: ["2", 0] } },
      "2": { class_type: "VAEDecode", inputs: { samples: ["2", 0], mask: ["2", 0] } },
    },
  ],
])("a graph in which %s edits no file", (_, graph) => {
  expect(traceGraph(graph)).toBeNull();
});
