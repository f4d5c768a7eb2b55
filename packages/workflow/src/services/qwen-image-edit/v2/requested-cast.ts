import { PERSON_SUBJECTS, PRODUCT_SUBJECTS } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen } from "./chosen.ts";
import type { Cast } from "./option-words.ts";

/** What is a product on its own, but a dish or a drink on a table. */
const TABLEWARE =
  /\b(?:plates?|bowls?|dish(?:es)?|chopsticks|spoons?|forks?|food|rice|noodles?|soup|ramen|coffee|tea|cake)\b/i;
const ANIMALS =
  /\b(?:dogs?|cats?|pupp(?:y|ies)|kittens?|pets?|rabbits?|hamsters?|birds?|horses?)\b/i;
const PEOPLE =
  /\b(?:person|people|m[ae]n|wom[ae]n|girls?|boys?|child|children|bride|groom|model|her|his|him)\b/i;
const THE_PRODUCT =
  /\b(?:the|this) (?:[a-z-]+ )?(?:product|bottle|box|jar|can|package|packaging|tube)\b/i;
/** What is brought in says little about what is there. */
const BRINGS_IN = /^(?:Add|Insert|Draw|(?:Put|Place) an?)\b/;

/**
 * What the photo is mainly of. Options tell it best; without their word a request about a product,
 * a dish, someone's looks or furniture tells it too.
 */
export function requestedCast(chosen: Chosen, { sentences, changes }: TranslatedRequest): Cast {
  if (chosen.cast !== "scene") return chosen.cast;
  const says = (words: RegExp): boolean => sentences.some((sentence) => words.test(sentence));
  const personal = PERSON_SUBJECTS.filter((subject) => changes.has(subject));
  // Everything about a person at once means the person goes, comes or is another.
  const isOfLooks = personal.length > 0 && personal.length < PERSON_SUBJECTS.length;
  if (isOfLooks && says(PEOPLE)) return "person";
  if (PRODUCT_SUBJECTS.some((subject) => changes.has(subject))) {
    if (says(TABLEWARE)) return "food";
    return says(THE_PRODUCT) || !sentences.every((sentence) => BRINGS_IN.test(sentence))
      ? "product"
      : "scene";
  }
  if (changes.has("food")) return "food";
  if (isOfLooks && says(THE_PRODUCT)) return "product";
  if (isOfLooks && !says(ANIMALS)) return "person";
  return changes.has("furniture") ? "room" : "scene";
}
