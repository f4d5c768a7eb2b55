import { PERSON_SUBJECTS, PRODUCT_SUBJECTS } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen } from "./chosen.ts";
import type { Cast } from "./option-words.ts";

/**
 * What the photo is mainly of. Options tell it best; without their word a request about a product,
 * a dish, someone's looks or furniture tells it too.
 */
export function requestedCast(chosen: Chosen, { changes }: TranslatedRequest): Cast {
  if (chosen.cast !== "scene") return chosen.cast;
  if (PRODUCT_SUBJECTS.some((subject) => changes.has(subject))) return "product";
  if (changes.has("food")) return "food";
  const personal = PERSON_SUBJECTS.filter((subject) => changes.has(subject));
  // Everything about a person at once means the person goes, comes or is another.
  if (personal.length > 0 && personal.length < PERSON_SUBJECTS.length) return "person";
  return changes.has("furniture") ? "room" : "scene";
}
