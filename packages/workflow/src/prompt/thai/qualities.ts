import { renderQuality } from "./render-quality.ts";
import { listWords } from "./english-words.ts";
import { ADJECTIVE_ORDERS } from "./phrase.ts";
import type { Quality } from "./syntax.ts";

/** Whether it is about what a thing's surface is: a colour, a pattern, a material. */
export function isSurface({ adjective }: Quality): boolean {
  return ["color", "pattern", "material"].includes(adjective.order);
}

/** Whether it says more, less or not. */
export function isCompared({ degree, isNegated, times }: Quality): boolean {
  return degree !== null || isNegated || times !== null;
}

/** "vibrant light blue", "black and white marble": qualities in English order as one. */
export function surfaceWords(qualities: readonly Quality[]): string {
  const sorted = qualities.toSorted(
    (a, b) =>
      ADJECTIVE_ORDERS.indexOf(a.adjective.order) - ADJECTIVE_ORDERS.indexOf(b.adjective.order),
  );
  const groups = ADJECTIVE_ORDERS.map((order) =>
    listWords(
      sorted.filter((one) => one.adjective.order === order).map((one) => renderQuality(one)),
    ),
  );
  return groups.filter((group) => group !== "").join(" ");
}
