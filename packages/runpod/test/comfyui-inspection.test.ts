import { GPU_SERVICES } from "@ob/workflow";
import { expect, test } from "vitest";

import { inspectComfyui } from "../src/comfyui/inspect-comfyui.ts";
import { KEY, simulatedComfyui } from "./support/simulated-comfyui.ts";

const signal = new AbortController().signal;

const contracts = GPU_SERVICES.map(({ contract }) => contract);
const OUR_NEEDS = {
  nodeClasses: contracts.flatMap(({ nodeClasses }) => nodeClasses),
  models: contracts.flatMap(({ models }) => models),
};

test("a ComfyUI that has all our graphs need misses nothing, and says its version", async () => {
  await using it = await simulatedComfyui({ version: "0.17.2" });
  const options = { url: it.url, headers: { authorization: KEY }, httpTimeoutMs: 10_000, fetch };
  expect(await inspectComfyui(options, OUR_NEEDS, signal)).toMatchObject({
    missing: [],
    system: { system: { comfyui_version: "0.17.2" }, devices: [{ type: "cuda" }] },
  });
});

test("classes and model files that are not there are named, with what is there instead", async () => {
  await using it = await simulatedComfyui({ authorization: null });
  const needs = {
    nodeClasses: [
      { name: "KSampler", since: "0.3.10" },
      { name: "NoSuchNode", since: "9.9.9" },
      { name: "NoSuchNode", since: "9.9.9" },
    ],
    models: [{ loader: "VAELoader", input: "vae_name", file: "other.safetensors" }],
  };
  const options = { url: it.url, httpTimeoutMs: 10_000, fetch };
  const { missing } = await inspectComfyui(options, needs, signal);
  expect(missing).toEqual([
    { kind: "node-class", name: "NoSuchNode", since: "9.9.9" },
    {
      kind: "model-file",
      file: "other.safetensors",
      loader: "VAELoader",
      found: expect.arrayContaining(["qwen_image_vae.safetensors"]),
    },
  ]);
});

test("what answers in ComfyUI's place is no ComfyUI", async () => {
  await using it = await simulatedComfyui({ authorization: null });
  it.control("login-page", 6);
  const options = { url: it.url, httpTimeoutMs: 10_000, fetch, sleep: async () => undefined };
  await expect(inspectComfyui(options, OUR_NEEDS, signal)).rejects.toMatchObject({
    name: "GpuUnavailable",
  });
});
