import { describe, expect, test } from "vitest";

import { nodeError, workerRefusal } from "../test/support/refused-node.ts";
import { missingModelFiles } from "./missing-model-file.ts";

describe("a model file that is missing", () => {
  test.each([
    ["unet_name", "UNETLoader", "models/unet"],
    ["clip_name", "CLIPLoader", "models/clip"],
    ["vae_name", "VAELoader", "models/vae"],
    ["lora_name", "LoraLoaderModelOnly", "models/loras"],
    ["lora_name", "LoraLoader", "models/loras"],
    ["ckpt_name", "CheckpointLoaderSimple", "models/checkpoints"],
    ["control_net_name", "ControlNetLoader", "models/controlnet"],
  ])("is named with its node and folder: %s of %s", (input, classType, folder) => {
    const details = `${input}: 'the model.safetensors' not in ['other.safetensors']`;
    const found = [{ file: "the model.safetensors", classType, nodeId: "37", folder }];
    const worker = workerRefusal(details, classType);
    expect(missingModelFiles(worker)).toEqual(found);
    expect(missingModelFiles(JSON.stringify({ error: worker }))).toEqual(found);
    const own = JSON.stringify({ node_errors: nodeError("value_not_in_list", details, classType) });
    expect(missingModelFiles(own)).toEqual(found);
  });

  test("is one of several, each with its own node", () => {
    const text = ["UNETLoader unet_name 37", "VAELoader vae_name 39", "CLIPLoader clip_name 38"]
      .map((each) => each.split(" "))
      .map(
        ([classType, input, id]) =>
          `• Node ${id} (errors): [{'type': 'value_not_in_list', 'details': "${input}: 'm' not in []"}]\n• Node ${id} (class_type): ${classType}`,
      )
      .join("\n");
    expect(missingModelFiles(text)).toMatchObject([
      { nodeId: "37", classType: "UNETLoader" },
      { nodeId: "39", classType: "VAELoader" },
      { nodeId: "38", classType: "CLIPLoader" },
    ]);
  });
});
