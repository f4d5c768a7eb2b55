import { RESOLUTION_STEPS } from "../../../canvas/total-pixels.ts";
import type { TemplateVariant } from "../../../contract/workflow-contract.ts";
import {
  COMMON_BINDINGS,
  instructionNodes,
  LINKS,
  modelNodes,
  node,
  OUTPUT_NODE_ID,
  pictureBindings,
  pictureNodes,
  referenceNodes,
  samplerNodes,
  sourceLatentNodes,
} from "../../../qwen-graph/graph-pieces.ts";

export const SAMPLING = { steps: 4, cfg: 1 } as const;

/** What the params start from; both are bound leaves. */
export const DEFAULTS = { denoise: 0.7, megapixels: 1 } as const;

const SCALE_NODE_ID = "390";

/**
 * The one graph: the photo itself is where the sampler starts, and only `denoise` of it is redrawn.
 * The model refers to the photo's own latent rather than to the encoder's copy, which is always
 * 1 MP and would not lie on the photo at any other `megapixels`.
 */
export function restoreVariant(): TemplateVariant {
  const references = referenceNodes(1);
  return {
    name: "standard",
    mode: "standard",
    hasMask: false,
    images: 1,
    graph: {
      ...modelNodes({ lightning: true }),
      ...pictureNodes(1),
      // The canvas plan picks a size this node keeps as it is: the plan stays the only transform,
      // so the way back is exact, and a worker given a larger file still draws no more than this.
      [SCALE_NODE_ID]: node("Working size", "ImageScaleToTotalPixels", {
        image: ["78", 0],
        upscale_method: "lanczos",
        megapixels: DEFAULTS.megapixels,
        resolution_steps: RESOLUTION_STEPS,
      }),
      ...instructionNodes({ pictures: [[SCALE_NODE_ID, 0]], givesLatents: false }),
      ...sourceLatentNodes([SCALE_NODE_ID, 0]),
      ...references.nodes,
      ...samplerNodes({
        ...SAMPLING,
        model: LINKS.model,
        positive: references.positive,
        latent: LINKS.sourceLatent,
        denoise: DEFAULTS.denoise,
      }),
    },
    bindings: {
      ...COMMON_BINDINGS,
      ...pictureBindings(1),
      "params.denoise": { nodeId: "3", input: "denoise" },
      "params.megapixels": { nodeId: SCALE_NODE_ID, input: "megapixels" },
    },
    outputNodeId: OUTPUT_NODE_ID,
  };
}
