import type { TemplateVariant } from "../contract/workflow-contract.ts";
import {
  COMMON_BINDINGS,
  instructionNodes,
  LINKS,
  MASK_BINDINGS,
  maskNodes,
  modelNodes,
  OUTPUT_NODE_ID,
  pictureBindings,
  pictureLinks,
  pictureNodes,
  referenceNodes,
  samplerNodes,
  sourceLatentNodes,
} from "./graph-pieces.ts";

/** Mask growth in canvas px the graphs are written with; a bound leaf. */
export const MASK_GROW_CANVAS_PX = 12;
/** Blur of the grown mask; half the growth, so that every painted pixel keeps the full value 1. */
const MASK_BLUR_RADIUS_PX = 6;

/** How one mode differs in the graph. */
export interface EditSampling {
  steps: number;
  cfg: number;
  /** Loads the 4-step distillation; made for 4 steps at cfg 1. */
  lightning: boolean;
  /** Refers to the pictures' own latents, which keeps pixels where they are. */
  aligned: boolean;
}

export interface EditVariantRequest {
  mode: string;
  sampling: EditSampling;
  hasMask: boolean;
  /** 1 to 3. */
  images: number;
}

/**
 * One variant of the official Qwen-Image-Edit-2509 graph, named `fast`, `fast-masked`,
 * `fast-2-pictures` or `fast-masked-2-pictures`. Picture 1 and the mask arrive at canvas size, so
 * nothing in the graph scales or crops them.
 */
export function editVariant(request: EditVariantRequest): TemplateVariant {
  const { mode, hasMask, images } = request;
  const { steps, cfg, lightning, aligned } = request.sampling;
  const references = aligned ? referenceNodes(images) : { nodes: {}, positive: LINKS.positive };
  return {
    name: `${mode}${hasMask ? "-masked" : ""}${images > 1 ? `-${images}-pictures` : ""}`,
    mode,
    hasMask,
    images,
    graph: {
      ...modelNodes({ lightning }),
      ...pictureNodes(images),
      ...instructionNodes({ pictures: pictureLinks(images), givesLatents: !aligned }),
      ...sourceLatentNodes(["78", 0]),
      ...references.nodes,
      ...(hasMask
        ? maskNodes({ growPx: MASK_GROW_CANVAS_PX, blurRadiusPx: MASK_BLUR_RADIUS_PX })
        : {}),
      ...samplerNodes({
        steps,
        cfg,
        model: hasMask ? LINKS.maskedModel : LINKS.model,
        positive: references.positive,
        latent: hasMask ? LINKS.maskedLatent : LINKS.sourceLatent,
        denoise: 1,
      }),
    },
    bindings: {
      ...COMMON_BINDINGS,
      ...pictureBindings(images),
      ...(hasMask ? MASK_BINDINGS : {}),
    },
    outputNodeId: OUTPUT_NODE_ID,
  };
}
