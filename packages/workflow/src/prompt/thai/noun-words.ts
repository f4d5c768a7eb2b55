import { countWord, listWords } from "./english-words.ts";
import type { Noun } from "./phrase.ts";
import type { NounPhrase, Quality } from "./syntax.ts";

/** "น้ำแข็ง 3 ก้อน": what cannot be counted is counted by the piece. */
export function pieces(
  { quantity, qualities, compounds }: NounPhrase,
  { en, article }: Noun,
): string {
  const isMass = article === "" && !/s$|people|children|feet|teeth|fireworks/.test(en);
  const isBare = qualities.length + compounds.length === 0;
  return isMass && isBare && quantity?.kind === "count" ? `pieces of ${en}` : en;
}

/** "two", "several" before what is counted. */
export function quantityWords({ quantity }: NounPhrase): string[] {
  if (quantity === null) return [];
  switch (quantity.kind) {
    case "count":
      return [countWord(quantity.value)];
    case "several":
      return ["several"];
    case "all":
      return [];
  }
}

/** Two colours are "black and white". */
export function joinColors(
  words: string[],
  colors: number,
  qualities: readonly Quality[],
): string[] {
  if (colors < 2) return words;
  const first = qualities.findIndex((quality) => quality.adjective.order === "color");
  const joined = listWords(words.slice(first, first + colors));
  return [...words.slice(0, first), joined, ...words.slice(first + colors)];
}
