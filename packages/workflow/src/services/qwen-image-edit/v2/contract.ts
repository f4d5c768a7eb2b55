import { offeredOptions } from "../../../contract/offered-options.ts";
import { STANDARD_LIMITS } from "../../../contract/standard-limits.ts";
import {
  WORKFLOW_CONTRACT_V1,
  type WorkflowContract,
} from "../../../contract/workflow-contract.ts";
import { QWEN_MODELS, qwenNodeClasses } from "../../../qwen-graph/model-files.ts";
import { OPTION_GROUPS } from "./options.ts";
import { SAMPLING, templateVariants } from "./templates.ts";

/** What qwen-image-edit@2 asks, offers and sends. */
export const QWEN_IMAGE_EDIT_V2_CONTRACT: WorkflowContract = WORKFLOW_CONTRACT_V1.parse({
  contract: 1,
  id: "qwen-image-edit",
  version: "qwen-image-edit@2",
  title: { th: "แต่งภาพด้วย AI", en: "Edit a photo" },
  images: { min: 1, max: 3 },
  mask: "optional",
  options: offeredOptions(OPTION_GROUPS),
  params: [],
  ratios: ["original", "1:1", "4:5", "3:4", "4:3", "16:9", "9:16"],
  modes: [
    {
      id: "fast",
      title: { th: "เร็ว", en: "Fast" },
      priceId: "fast",
      steps: SAMPLING.fast.steps,
      cfg: SAMPLING.fast.cfg,
      typicalSeconds: 12,
    },
    {
      id: "quality",
      title: { th: "ละเอียด", en: "Quality" },
      priceId: "quality",
      steps: SAMPLING.quality.steps,
      cfg: SAMPLING.quality.cfg,
      typicalSeconds: 45,
    },
    {
      id: "aligned",
      title: { th: "ตรงตำแหน่งเดิม", en: "Aligned" },
      priceId: "aligned",
      steps: SAMPLING.aligned.steps,
      cfg: SAMPLING.aligned.cfg,
      typicalSeconds: 14,
    },
  ],
  variants: templateVariants(),
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
    "ImageToMask",
    "GrowMask",
    "MaskToImage",
    "ImageBlur",
    "SetLatentNoiseMask",
    "DifferentialDiffusion",
  ]),
  limits: STANDARD_LIMITS,
});
