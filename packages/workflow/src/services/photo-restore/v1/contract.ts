import { offeredOptions } from "../../../contract/offered-options.ts";
import { STANDARD_LIMITS } from "../../../contract/standard-limits.ts";
import {
  WORKFLOW_CONTRACT_V1,
  type WorkflowContract,
} from "../../../contract/workflow-contract.ts";
import { QWEN_MODELS, qwenNodeClasses } from "../../../qwen-graph/model-files.ts";
import { OPTION_GROUPS } from "./options.ts";
import { DEFAULTS, restoreVariant, SAMPLING } from "./templates.ts";

/** What photo-restore@1 asks, offers and sends. */
export const PHOTO_RESTORE_CONTRACT: WorkflowContract = WORKFLOW_CONTRACT_V1.parse({
  contract: 1,
  id: "photo-restore",
  version: "photo-restore@1",
  title: { th: "ซ่อมภาพเก่า", en: "Restore an old photo" },
  images: { min: 1, max: 1 },
  mask: "none",
  options: offeredOptions(OPTION_GROUPS),
  params: [
    {
      id: "denoise",
      title: { th: "วาดใหม่มากแค่ไหน", en: "How much is redrawn" },
      min: 0.05,
      max: 1,
      step: 0.05,
      default: DEFAULTS.denoise,
    },
    {
      id: "megapixels",
      title: { th: "ความละเอียดที่วาด (ล้านพิกเซล)", en: "Working size (megapixels)" },
      min: 0.5,
      max: 2,
      step: 0.25,
      default: DEFAULTS.megapixels,
    },
  ],
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
  variants: [restoreVariant()],
  models: QWEN_MODELS,
  nodeClasses: qwenNodeClasses([
    "UNETLoader",
    "CLIPLoader",
    "VAELoader",
    "LoraLoaderModelOnly",
    "ModelSamplingAuraFlow",
    "CFGNorm",
    "LoadImage",
    "ImageScaleToTotalPixels",
    "TextEncodeQwenImageEditPlus",
    "ReferenceLatent",
    "VAEEncode",
    "KSampler",
    "VAEDecode",
    "SaveImage",
  ]),
  limits: STANDARD_LIMITS,
});
