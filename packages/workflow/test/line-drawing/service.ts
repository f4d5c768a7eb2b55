import { STANDARD_LIMITS } from "../../src/contract/standard-limits.ts";
import type { CompiledPrompt, GpuService, ServiceInput } from "../../src/contract/gpu-service.ts";
import { offeredOptions } from "../../src/contract/offered-options.ts";
import { WORKFLOW_CONTRACT_V1 } from "../../src/contract/workflow-contract.ts";
import { planCanvas } from "../../src/canvas/plan-canvas.ts";
import { normalizeRequest } from "../../src/prompt/normalize-request.ts";
import { translateRequest } from "../../src/prompt/thai/translate-request.ts";
import { editVariant } from "../../src/qwen-graph/edit-variant.ts";
import { QWEN_MODELS, qwenNodeClasses } from "../../src/qwen-graph/model-files.ts";
import { defineService } from "../../src/services/define-service.ts";

// The service docs/add-a-service.md builds; the tests take it all the way.

/** Where it stands in the catalogue: lower comes first. */
export const CATALOGUE_PLACE = 30;

const TOOL = {
  id: "tool",
  title: { th: "วาดด้วย", en: "Drawn with" },
  choices: [
    {
      id: "pencil",
      title: { th: "ดินสอ", en: "Pencil" },
      words: { th: "ดินสอบนกระดาษขาว", en: "a soft pencil on white paper" },
    },
    {
      id: "ink",
      title: { th: "หมึกดำ", en: "Black ink" },
      words: { th: "หมึกดำเส้นคม", en: "fine black ink on white paper" },
    },
  ],
} as const;

const SAMPLING = { steps: 4, cfg: 1, lightning: true, aligned: true } as const;

function compilePrompt(input: ServiceInput): CompiledPrompt {
  const tool = TOOL.choices.find(({ id }) => id === input.options["tool"]) ?? TOOL.choices[0];
  const request = translateRequest(normalizeRequest(input.prompt ?? ""));
  return {
    en: [
      `Redraw the photo as a clean line drawing with ${tool.words.en}.`,
      ...request.sentences,
      "Keep every outline, pose and proportion where it is.",
    ].join(" "),
    th: `สิ่งที่จะทำ: วาดเป็นลายเส้นด้วย${tool.words.th}${request.th === "" ? "" : ` · “${request.th}”`}`,
    warnings: [],
    editsPicture: true,
  };
}

const contract = WORKFLOW_CONTRACT_V1.parse({
  contract: 1,
  id: "line-drawing",
  version: "line-drawing@1",
  title: { th: "ภาพลายเส้น", en: "Line drawing" },
  images: { min: 1, max: 1 },
  mask: "none",
  options: offeredOptions([TOOL]),
  params: [],
  ratios: ["original"],
  modes: [
    {
      id: "standard",
      title: { th: "มาตรฐาน", en: "Standard" },
      priceId: "standard",
      steps: SAMPLING.steps,
      cfg: SAMPLING.cfg,
      typicalSeconds: 14,
    },
  ],
  variants: [editVariant({ mode: "standard", sampling: SAMPLING, hasMask: false, images: 1 })],
  models: QWEN_MODELS,
  nodeClasses: qwenNodeClasses([
    "UNETLoader",
    "CLIPLoader",
    "VAELoader",
    "LoraLoaderModelOnly",
    "ModelSamplingAuraFlow",
    "CFGNorm",
    "LoadImage",
    "TextEncodeQwenImageEditPlus",
    "ReferenceLatent",
    "VAEEncode",
    "KSampler",
    "VAEDecode",
    "SaveImage",
  ]),
  limits: STANDARD_LIMITS,
});

/** Every released version, oldest first. */
export const SERVICE_VERSIONS: readonly GpuService[] = [
  defineService({
    contract,
    compilePrompt,
    planCanvas: ({ picture, ratio, editsPicture }) =>
      planCanvas({
        picture,
        maskBounds: null,
        ratio,
        editsPicture,
        softness: { growCanvasPx: 0, featherCanvasPx: 0 },
      }),
  }),
];
