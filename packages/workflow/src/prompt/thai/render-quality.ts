import { comparative } from "./english-words.ts";
import type { Quality } from "./syntax.ts";

/** "very bright", "slightly brighter", "twice as long". */
export function renderQuality(quality: Quality): string {
  const { en } = quality.adjective;
  if (quality.times !== null) {
    return `${quality.times === 2 ? "twice" : `${quality.times} times`} as ${en}`;
  }
  if (quality.isNegated && en === "wrinkled") return "wrinkle-free";
  if (quality.isNegated || quality.degree === "less" || quality.degree === "too") {
    return `less ${en}`;
  }
  switch (quality.degree) {
    case null:
      return en;
    case "more":
      return comparative(en);
    case "slightly":
      return `slightly ${comparative(en)}`;
    case "much":
      return `much ${comparative(en)}`;
    case "very":
      return quality.adjective.order === "color" ? en : `very ${en}`;
  }
}
