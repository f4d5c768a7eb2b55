import { renderNounPhrase } from "./render-noun-phrase.ts";
import type { Clause, NounPhrase } from "./syntax.ts";

/** Something that is in the picture; "it" when the request does not name it. */
export function definite(phrase: NounPhrase | null): string {
  return phrase === null ? "it" : renderNounPhrase(phrase, { article: "the" });
}

/** Who does or wears something: the person, when nobody is named. */
export function whoDoes(clause: Clause): string {
  const who = clause.recipient ?? clause.subject;
  return who === null ? "the person" : renderNounPhrase(who, { article: "the" });
}

/** Words with single spaces between them, empty ones left out. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
