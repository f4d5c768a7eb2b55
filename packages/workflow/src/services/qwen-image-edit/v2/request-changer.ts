import { PERSON_SUBJECTS, SUBJECTS, type Subject } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Changer } from "./keep-list.ts";
import type { SubjectWords } from "./option-words.ts";

/** A sentence that takes one thing away or brings one thing in, and leaves the others. */
const IS_OF_ONE_THING = /^(?:Remove|Erase|Delete|Add|Insert|Write|Draw)\b/;
const NEW_BACKGROUND = /\b(?:background|backdrop|scenery)\b/i;
const LIGHT_WORDS = /\b(?:light\w*|shadows?|glare|reflections?|dark\w*|bright\w*)\b/i;

/** What is left of a subject of which one thing was taken or added. */
const OTHERS: Partial<Record<Subject, SubjectWords>> = {
  background: { en: ["the rest of the background"], th: "ฉากหลังส่วนอื่น" },
  objects: { en: ["all other objects"], th: "ของอื่นทั้งหมด" },
  furniture: { en: ["all other furniture"], th: "เฟอร์นิเจอร์ชิ้นอื่น" },
  text: { en: ["all other text, labels and logos"], th: "ข้อความ ฉลาก และโลโก้อื่น" },
};

/** What is left of a face of which only the skin, or the expression, changes. */
const FACE_BESIDES = {
  skin: { en: ["facial features"], th: "เค้าหน้า" },
  expression: { en: ["face shape"], th: "โครงหน้า" },
} as const satisfies Partial<Record<Subject, SubjectWords>>;

/** What a free request changes, and what of it stays. */
export function requestChanger({ sentences, changes }: TranslatedRequest): Changer {
  const besides = changes.has("identity")
    ? null
    : changes.has("expression")
      ? FACE_BESIDES.expression
      : changes.has("skin")
        ? FACE_BESIDES.skin
        : null;
  const remains = besides === null ? {} : { face: besides };
  const subjects = SUBJECTS.filter((subject) => changes.has(subject));
  const acts = sentences.filter((sentence) => !/^Keep\b/.test(sentence));
  const isOfThings =
    acts.length > 0 &&
    acts.every(
      (sentence) =>
        IS_OF_ONE_THING.test(sentence) &&
        !(sentence.startsWith("Add") && NEW_BACKGROUND.test(sentence)),
    );
  if (!isOfThings) return { changes: subjects, remains };
  const isOfLight = acts.some((sentence) => LIGHT_WORDS.test(sentence));
  // Who goes or comes leaves the others' looks alone.
  const isOfSomeone = changes.has("identity");
  return {
    changes: subjects.filter(
      (subject) =>
        (isOfLight || (subject !== "light" && subject !== "colorTone")) &&
        !(isOfSomeone && PERSON_SUBJECTS.some((personal) => personal === subject)),
    ),
    remains: { ...remains, ...OTHERS },
  };
}
