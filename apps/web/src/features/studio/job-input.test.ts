import { expect, test } from "vitest";
import { EMPTY_DRAFT } from "./draft.ts";
import { jobInput } from "./job-input.ts";

test("the job's input names only what was chosen", () => {
  const assets = { imageAssetId: "i", extraImageAssetIds: [], maskAssetId: null };
  expect(jobInput(EMPTY_DRAFT, assets)).toEqual({ imageAssetId: "i" });
  const settings = {
    options: { hair: "short-bob" },
    prompt: "สั้น",
    mode: "fast",
    ratio: "4:5",
    params: { denoise: 0.5 },
  };
  const all = { imageAssetId: "i", extraImageAssetIds: ["j", "k"], maskAssetId: "m" };
  expect(jobInput(settings, all)).toEqual({ ...all, ...settings });
});
