import type { TemplateVariant } from "../../../contract/workflow-contract.ts";
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
} from "../../../qwen-graph/graph-pieces.ts";

/** Mask growth in canvas px the graphs are written with; a bound leaf. */
export const MASK_GROW_CANVAS_PX = 12;
/** Blur of the grown mask; half the growth, so that every painted pixel keeps the full value 1. */
export const MASK_BLUR_RADIUS_PX = 6;

/** How the modes differ in the graph. `aligned` refers to the pictures' own latents. */
export const SAMPLING = {
  fast: { steps: 4, cfg: 1, lightning: true, aligned: false },
  quality: { steps: 20, cfg: 2.5, lightning: false, aligned: false },
  aligned: { steps: 4, cfg: 1, lightning: true, aligned: true },
} as const;
type ModeId = keyof typeof SAMPLING;

/** `fast`, `fast-masked`, `fast-2-pictures`, `fast-masked-2-pictures` and so on. */
export function variantName(mode: ModeId, o: { hasMask: boolean; images: number }): string {
  return `${mode}${o.hasMask ? "-masked" : ""}${o.images > 1 ? `-${o.images}-pictures` : ""}`;
}

/**
 * One variant of the official Qwen-Image-Edit-2509 graph. Picture 1 and the mask arrive at canvas
 * size, so nothing in the graph scales or crops them.
 */
export function templateVariant(
  mode: ModeId,
  o: { hasMask: boolean; images: number },
): TemplateVariant {
  const { steps, cfg, lightning, aligned } = SAMPLING[mode];
  const references = aligned ? referenceNodes(o.images) : { nodes: {}, positive: LINKS.positive };
  return {
    name: variantName(mode, o),
    mode,
    hasMask: o.hasMask,
    images: o.images,
    graph: {
      ...modelNodes({ lightning }),
      ...pictureNodes(o.images),
      ...instructionNodes({ pictures: pictureLinks(o.images), givesLatents: !aligned }),
      ...sourceLatentNodes(["78", 0]),
      ...references.nodes,
      ...(o.hasMask
        ? maskNodes({ growPx: MASK_GROW_CANVAS_PX, blurRadiusPx: MASK_BLUR_RADIUS_PX })
        : {}),
      ...samplerNodes({
        steps,
        cfg,
        model: o.hasMask ? LINKS.maskedModel : LINKS.model,
        positive: references.positive,
        latent: o.hasMask ? LINKS.maskedLatent : LINKS.sourceLatent,
        denoise: 1,
      }),
    },
    bindings: {
      ...COMMON_BINDINGS,
      ...pictureBindings(o.images),
      ...(o.hasMask ? MASK_BINDINGS : {}),
    },
    outputNodeId: OUTPUT_NODE_ID,
  };
}

/** Every mode with and without a mask, for one to three pictures. */
export function templateVariants(): TemplateVariant[] {
  return (["fast", "quality", "aligned"] as const).flatMap((mode) =>
    [false, true].flatMap((hasMask) =>
      [1, 2, 3].map((images) => templateVariant(mode, { hasMask, images })),
    ),
  );
}
