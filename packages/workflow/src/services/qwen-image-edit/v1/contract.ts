import { STANDARD_LIMITS } from "../../../contract/standard-limits.ts";
import {
  WORKFLOW_CONTRACT_V1,
  type WorkflowContract,
} from "../../../contract/workflow-contract.ts";
import { OPTION_GROUPS } from "./options.ts";
import {
  NODE_CLASSES,
  REQUIRED_MODELS,
  templateVariant,
  type SamplingSettings,
} from "./templates.ts";

const SAMPLING = {
  fast: { steps: 4, cfg: 1, lightning: true },
  quality: { steps: 20, cfg: 2.5, lightning: false },
} as const satisfies Record<string, SamplingSettings>;

/** What qwen-image-edit@1 asks, offers and sends. */
export const QWEN_IMAGE_EDIT_CONTRACT: WorkflowContract = WORKFLOW_CONTRACT_V1.parse({
  contract: 1,
  id: "qwen-image-edit",
  version: "qwen-image-edit@1",
  title: { th: "แต่งภาพด้วย AI", en: "Edit a photo" },
  images: { min: 1, max: 1 },
  mask: "optional",
  options: OPTION_GROUPS.map(({ id, title, choices }) => ({
    id,
    title,
    choices: choices.map((choice) => ({ id: choice.id, title: choice.title })),
  })),
  params: [],
  ratios: ["original"],
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
  ],
  variants: Object.entries(SAMPLING).flatMap(([mode, sampling]) => [
    templateVariant(mode, { hasMask: false, sampling }),
    templateVariant(mode, { hasMask: true, sampling }),
  ]),
  models: REQUIRED_MODELS,
  nodeClasses: NODE_CLASSES,
  limits: STANDARD_LIMITS,
});
