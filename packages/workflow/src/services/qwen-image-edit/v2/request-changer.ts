import { SUBJECTS } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Changer } from "./keep-list.ts";

const REMOVES = /^(?:Remove|Erase|Delete)\b/;
const LIGHT_WORDS = /\b(?:light\w*|shadows?|glare|reflections?|dark\w*|bright\w*)\b/i;

/**
 * What a free request changes. One that only removes something from the background leaves the rest
 * of it, and its light, as they are.
 */
export function requestChanger({ sentences, changes }: TranslatedRequest): Changer {
  const subjects = SUBJECTS.filter((subject) => changes.has(subject));
  const isRemoval = sentences.length > 0 && sentences.every((sentence) => REMOVES.test(sentence));
  if (!isRemoval) return { changes: subjects, remains: {} };
  const isOfLight = sentences.some((sentence) => LIGHT_WORDS.test(sentence));
  return {
    changes: subjects.filter(
      (subject) => isOfLight || (subject !== "light" && subject !== "colorTone"),
    ),
    remains: {
      background: { en: ["the rest of the background"], th: "ฉากหลังส่วนอื่น" },
      objects: { en: ["all other objects"], th: "ของอื่นทั้งหมด" },
    },
  };
}
