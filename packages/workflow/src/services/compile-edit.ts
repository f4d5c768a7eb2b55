import type { CanvasPlan } from "../canvas/canvas-plan.ts";
import type { PixelSize } from "../canvas/encoder-sizes.ts";
import type { PixelRect } from "../canvas/pixel-rect.ts";
import type {
  BoundGraph,
  CompiledPrompt,
  GpuService,
  InputProblem,
  RawServiceInput,
} from "../contract/gpu-service.ts";
import { pictureProblem } from "../contract/picture-problem.ts";
import { planEdit } from "./plan-edit.ts";

/** One edit without its pictures: their sizes are all a graph needs to know. */
export interface EditRequest {
  picture: PixelSize;
  /** Bounding box of the painted pixels in source px, `null` without a mask. */
  maskBounds: PixelRect | null;
  input: Omit<RawServiceInput, "hasMask">;
}

export type EditCompilation =
  | { ok: true; prompt: CompiledPrompt; plan: CanvasPlan; bound: BoundGraph }
  | { ok: false; problem: InputProblem };

/**
 * Takes an edit all the way to its graph. The files are called `image1.png`, `image2.png` … and
 * `mask.png`, the output starts with `result`.
 */
export function compileEdit(service: GpuService, request: EditRequest): EditCompilation {
  const { picture, maskBounds } = request;
  const resolution = service.resolveInput({ ...request.input, hasMask: maskBounds !== null });
  if (!resolution.ok) return resolution;
  const problem = pictureProblem(service.contract, { picture, maskBounds });
  if (problem !== null) return { ok: false, problem };
  const { mode, params, seed, extraImages } = resolution.input;
  const { prompt, plan } = planEdit(service, { picture, maskBounds, input: resolution.input });
  const bound = service.bind({
    mode,
    seed,
    params,
    promptEn: prompt.en,
    plan,
    files: {
      images: Array.from({ length: 1 + extraImages }, (_, at) => `image${at + 1}.png`),
      mask: plan.mask === null ? null : "mask.png",
    },
    filePrefix: "result",
  });
  return { ok: true, prompt, plan, bound };
}
