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

/**
 * What the photo is mainly of. Options tell it best; without their word a request about a product,
 * a dish, someone's looks or furniture tells it too.
 */
export function requestedCast(chosen: Chosen, { sentences, changes }: TranslatedRequest): Cast {
  if (chosen.cast !== "scene") return chosen.cast;
  const says = (words: RegExp): boolean => sentences.some((sentence) => words.test(sentence));
  if (PRODUCT_SUBJECTS.some((subject) => changes.has(subject))) {
    return says(TABLEWARE) ? "food" : "product";
  }
  if (changes.has("food")) return "food";
  const personal = PERSON_SUBJECTS.filter((subject) => changes.has(subject));
  // Everything about a person at once means the person goes, comes or is another.
  const isOfLooks = personal.length > 0 && personal.length < PERSON_SUBJECTS.length;
  if (isOfLooks && !(says(ANIMALS) && !says(PEOPLE))) return "person";
  return changes.has("furniture") ? "room" : "scene";
}
