import { nounOf } from "./clause-meaning.ts";
import { indefinite } from "./english-words.ts";
import type { NounPhrase } from "./syntax.ts";

/** When it is, which is of the scene rather than of its style. */
export const HOUR =
  /^(?:at (?:night|dusk|dawn|noon|sun\w+|twilight)|in the (?:\w+ )?(?:morning|evening|afternoon|daytime))/;

/** "pastel" alone is no color yet. */
export function colorName(words: string): string {
  if (/(?:^| )pastel$/.test(words)) return `${indefinite(words)} ${words} color`;
  return /(?:striped|marbled|checked|patterned|-dot|-print)$/.test(words)
    ? `${indefinite(words)} ${words} pattern`
    : words;
}

/** "พื้นหลังวาเลนไทน์": a day is no place, so it is a scene of that day. */
export function occasion(fresh: NounPhrase): string | null {
  const noun = nounOf(fresh);
  const isBare = fresh.qualities.length + fresh.compounds.length + fresh.after.length === 0;
  const isDay = noun?.class === "scene" && noun.article === null;
  const day = noun?.en.replace(/^the /, "") ?? "";
  return isDay && isBare ? `${indefinite(day)} ${day} scene` : null;
}
