import { defineService, GPU_SERVICES, planCanvas, WORKFLOW_CONTRACT_V1 } from "@ob/workflow";
import type { GpuService } from "@ob/workflow";

/**
 * A service nobody has released: its own name, mode, option and instruction, on the graph of a
 * released one. Everything besides it and its price row must do without knowing it.
 */
export function createThirdService(): GpuService {
  const lent = GPU_SERVICES.find(({ id }) => id === "photo-restore")?.contract;
  if (lent === undefined) throw new Error("no graph to borrow");
  const contract = WORKFLOW_CONTRACT_V1.parse({
    ...lent,
    id: "pencil-sketch",
    version: "pencil-sketch@1",
    title: { th: "ภาพลายเส้น", en: "Pencil sketch" },
    options: [
      {
        id: "paper",
        title: { th: "กระดาษ", en: "Paper" },
        choices: [
          { id: "white", title: { th: "ขาว", en: "White" } },
          { id: "brown", title: { th: "น้ำตาล", en: "Brown" } },
        ],
      },
    ],
    modes: lent.modes.map((mode) => ({
      ...mode,
      id: "drawn",
      title: { th: "วาด", en: "Drawn" },
      priceId: "sheet",
    })),
    variants: lent.variants.map((variant) => ({ ...variant, name: "drawn", mode: "drawn" })),
  });
  return defineService({
    contract,
    compilePrompt: ({ options }) => ({
      en: `Redraw Picture 1 as a pencil sketch on ${options["paper"] ?? "white"} paper.`,
      th: "วาดเป็นลายเส้นดินสอ",
      warnings: [],
      editsPicture: true,
    }),
    planCanvas: ({ picture, ratio, params, editsPicture }) =>
      planCanvas({
        picture,
        maskBounds: null,
        ratio,
        editsPicture,
        megapixels: params["megapixels"] ?? 1,
        softness: { growCanvasPx: 0, featherCanvasPx: 0 },
      }),
  });
}
