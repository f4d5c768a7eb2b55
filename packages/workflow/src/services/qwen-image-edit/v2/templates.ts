import type { TemplateVariant } from "../../../contract/workflow-contract.ts";
import { editVariant, type EditSampling } from "../../../qwen-graph/edit-variant.ts";

/** How the modes differ in the graph. */
export const SAMPLING = {
  fast: { steps: 4, cfg: 1, lightning: true, aligned: false },
  quality: { steps: 20, cfg: 2.5, lightning: false, aligned: false },
  aligned: { steps: 4, cfg: 1, lightning: true, aligned: true },
} as const satisfies Record<string, EditSampling>;

/** Every mode with and without a mask, for one to three pictures. */
export function templateVariants(): TemplateVariant[] {
  return Object.entries(SAMPLING).flatMap(([mode, sampling]) =>
    [false, true].flatMap((hasMask) =>
      [1, 2, 3].map((images) => editVariant({ mode, sampling, hasMask, images })),
    ),
  );
}
