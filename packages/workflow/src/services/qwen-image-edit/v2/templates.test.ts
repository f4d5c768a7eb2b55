import { describe, expect, test } from "vitest";

import type { TemplateVariant } from "../../../contract/workflow-contract.ts";
import { isGraphLink, type ApiGraph, type ApiNode } from "../../../graph/api-graph.ts";
import { canonicalJson } from "../../../graph/canonical-json.ts";
import { QWEN_IMAGE_EDIT_CONTRACT } from "../v1/contract.ts";
import { QWEN_IMAGE_EDIT_V2_CONTRACT } from "./contract.ts";

const { variants } = QWEN_IMAGE_EDIT_V2_CONTRACT;

function nodesOf(graph: ApiGraph, classType: string): ApiNode[] {
  return Object.values(graph).filter((node) => node.class_type === classType);
}

/** The node an input is linked to. */
function source(graph: ApiGraph, node: ApiNode | undefined, input: string): ApiNode {
  const link = node?.inputs[input];
  const found = isGraphLink(link) ? graph[link[0]] : undefined;
  if (found === undefined) throw new Error(`${input} of ${node?.class_type ?? "nothing"}`);
  return found;
}

test("there is one graph for each mode, with and without a mask, for one to three pictures", () => {
  expect(variants.map(({ name }) => name)).toEqual(
    ["fast", "quality", "aligned"].flatMap((mode) =>
      ["", "-masked"].flatMap((mask) =>
        ["", "-2-pictures", "-3-pictures"].map((pictures) => `${mode}${mask}${pictures}`),
      ),
    ),
  );
});

test.each(QWEN_IMAGE_EDIT_CONTRACT.variants)(
  "$name is the graph it was in @1",
  ({ name, graph }) => {
    const now = variants.find((variant) => variant.name === name);
    // Only the placeholder of the picture's file has another name.
    expect(canonicalJson(now?.graph)).toBe(
      canonicalJson(graph).replace('"picture.png"', '"image1.png"'),
    );
  },
);

test.each(variants)("$name shows the encoder its pictures in their order", (variant) => {
  const { graph, images } = variant;
  for (const encoder of nodesOf(graph, "TextEncodeQwenImageEditPlus")) {
    const shown = Object.keys(encoder.inputs).filter((input) => /^image\d$/.test(input));
    expect(shown).toEqual(["image1", "image2", "image3"].slice(0, images));
    for (const name of shown) expect(source(graph, encoder, name)).toBe(loaderOf(variant, name));
  }
});

function loaderOf({ graph, bindings }: TemplateVariant, name: string): ApiNode | undefined {
  const target = Object.entries(bindings).find(([binding]) => binding === name)?.[1];
  return target === undefined ? undefined : graph[target.nodeId];
}

describe.each(variants.filter(({ mode }) => mode === "aligned"))("$name", (variant) => {
  const { graph, images, hasMask } = variant;
  const [sampler] = nodesOf(graph, "KSampler");

  test("takes no latent from the encoder, which would scale the picture", () => {
    for (const encoder of nodesOf(graph, "TextEncodeQwenImageEditPlus")) {
      expect(Object.keys(encoder.inputs)).not.toContain("vae");
    }
  });

  test("refers to the latent of every picture, the first one first", () => {
    const referred: (ApiNode | undefined)[] = [];
    let conditioning = source(graph, sampler, "positive");
    while (conditioning.class_type === "ReferenceLatent") {
      const latent = source(graph, conditioning, "latent");
      expect(latent.class_type).toBe("VAEEncode");
      referred.unshift(source(graph, latent, "pixels"));
      conditioning = source(graph, conditioning, "conditioning");
    }
    expect(conditioning).toBe(graph[variant.bindings.prompt?.nodeId ?? ""]);
    expect(referred).toEqual(
      ["image1", "image2", "image3"].slice(0, images).map((name) => loaderOf(variant, name)),
    );
  });

  test("starts from the very latent it refers to", () => {
    const start = source(graph, sampler, "latent_image");
    const latent = hasMask ? source(graph, start, "samples") : start;
    expect(source(graph, latent, "pixels")).toBe(loaderOf(variant, "image1"));
  });
});

test.each(variants)("$name changes the latent inside its mask alone", ({ graph, hasMask }) => {
  expect(nodesOf(graph, "SetLatentNoiseMask")).toHaveLength(hasMask ? 1 : 0);
  expect(nodesOf(graph, "DifferentialDiffusion")).toHaveLength(hasMask ? 1 : 0);
  const [grow] = nodesOf(graph, "GrowMask");
  const [blur] = nodesOf(graph, "ImageBlur");
  if (hasMask) {
    expect(Number(blur?.inputs["blur_radius"])).toBeLessThanOrEqual(
      Number(grow?.inputs["expand"]) / 2,
    );
  }
});
