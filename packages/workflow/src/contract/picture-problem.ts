import type { PixelSize } from "../canvas/encoder-sizes.ts";
import type { PixelRect } from "../canvas/pixel-rect.ts";
import type { InputProblem } from "./gpu-service.ts";
import type { WorkflowContract } from "./workflow-contract.ts";

/** Why a service cannot take a picture of this size, or a mask painted there; `null` when it can. */
export function pictureProblem(
  { limits }: Pick<WorkflowContract, "limits">,
  o: { picture: PixelSize; maskBounds: PixelRect | null },
): InputProblem | null {
  const { picture, maskBounds } = o;
  const { minSidePx, maxPixels } = limits.picture;
  const sides = [picture.width, picture.height];
  if (!sides.every((side) => Number.isSafeInteger(side) && side >= minSidePx)) {
    return { code: "INPUT_INVALID", field: "picture" };
  }
  if (picture.width * picture.height > maxPixels)
    return { code: "INPUT_INVALID", field: "picture" };
  if (maskBounds === null) return null;
  const { x, y, width, height } = maskBounds;
  const isInside =
    [x, y, width, height].every(Number.isSafeInteger) &&
    Math.min(x, y) >= 0 &&
    Math.min(width, height) >= 1 &&
    x + width <= picture.width &&
    y + height <= picture.height;
  return isInside ? null : { code: "INPUT_INVALID", field: "mask.bounds" };
}
