import { PERSON_SUBJECTS, SUBJECTS, type Subject } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen } from "./chosen.ts";
import type { Changer } from "./keep-list.ts";
import type { SubjectWords } from "./option-words.ts";

/** A sentence that takes one thing away or brings one thing in, and leaves the others. */
const IS_OF_ONE_THING = /^(?:Remove|Erase|Delete|Add|Insert|Write|Draw)\b/;
const IS_OF_THE_BACKGROUND =
  /^(?:Remove|Erase|Delete) (?:the )?(?:whole |entire )?background\b|^(?:Add|Insert)\b.*\b(?:background|backdrop|scenery)\b/;
const IS_OF_ALL = /\b(?:all|every|everything|any)\b/;
const LIGHT_WORDS = /\b(?:light\w*|shadows?|glare|reflections?|dark\w*|bright\w*)\b/i;

/** What the picture shows already comes to stand somewhere else. */
const SETS_THE_PLACE =
  /^(?:Place|Put|Set|Show) (?:the|this|these) (?:[a-z-]+ ){1,3}(?:on|in|at|by|against|among|under|inside|in front of)\b(?!.* from Picture)/;
/** So does someone who is to stand "on a beach" or "in front of Wat Arun", but not "on the sofa". */
const MOVES_SOMEONE =
  /^(?:Make|Have) (?:the|this) [a-z]+ (?:stand|sit|lie|walk|run|kneel|pose)\w* (?:[a-z]+ )?(?:on|in|at|by|under|in front of) (?:an? |the (?=[A-Z])|(?=[A-Z]))/;

const TEXT_WORDS =
  /["“]|\b(?:text|lettering|letters?|words?|name|signs?|labels?|logos?|fonts?|captions?|watermark)\b/i;

/** What is left of a subject of which one thing was taken or added. */
const OTHERS: Partial<Record<Subject, SubjectWords>> = {
  background: { en: ["the rest of the background"], th: "ฉากหลังส่วนอื่น" },
  furniture: { en: ["all other furniture"], th: "เฟอร์นิเจอร์ชิ้นอื่น" },
  skin: { en: ["skin tone"], th: "สีผิว" },
};
const OTHER_TEXT: Partial<Record<Subject, SubjectWords>> = {
  text: { en: ["all other text, labels and logos"], th: "ข้อความ ฉลาก และโลโก้อื่น" },
};
const OTHER_THINGS: Partial<Record<Subject, SubjectWords>> = {
  objects: { en: ["all other objects"], th: "ของอื่นทั้งหมด" },
  ...OTHER_TEXT,
};

/** What is left of a face of which only the skin, or the expression, changes. */
const FACE_BESIDES = {
  skin: { face: { en: ["facial features"], th: "เค้าหน้า" } },
  expression: { face: { en: ["face shape"], th: "โครงหน้า" } },
} as const satisfies Partial<Record<Subject, Partial<Record<Subject, SubjectWords>>>>;

/** Whether a sentence of a request only says what stays. */
export function isKeepSentence(sentence: string): boolean {
  return /^(?:Keep\b[^,;]*|Do not\b.*)\.$/.test(sentence);
}

/** A request without the sentences that keep only what the chosen options change; a warning tells. */
export function withoutBrokenKeeps(
  request: TranslatedRequest,
  { changes }: Pick<Chosen, "changes">,
): TranslatedRequest {
  const isBroken = [...request.protects].every((subject) =>
    changes.some(
      (chosen) => chosen.changes.includes(subject) && chosen.remains[subject] === undefined,
    ),
  );
  if (request.protects.size === 0 || !isBroken) return request;
  return {
    ...request,
    sentences: request.sentences.filter((sentence) => !isKeepSentence(sentence)),
  };
}

/** What a free request changes, and what of it stays. */
export function requestChanger({ sentences, changes }: TranslatedRequest): Changer {
  const acts = sentences.filter((sentence) => !isKeepSentence(sentence));
  const isOfThings =
    acts.length > 0 &&
    acts.every((act) => IS_OF_ONE_THING.test(act) && !IS_OF_THE_BACKGROUND.test(act));
  if (!isOfThings) {
    const isOfSomeText = acts.every((act) => IS_OF_ONE_THING.test(act) || !TEXT_WORDS.test(act));
    return {
      changes: touched(changes, acts),
      remains: { ...besides(changes), ...(isOfSomeText ? OTHER_TEXT : {}) },
    };
  }
  const isOfLight = acts.some((act) => LIGHT_WORDS.test(act));
  // Who goes or comes leaves the others' looks alone.
  const isOfSomeone = changes.has("identity");
  return {
    changes: SUBJECTS.filter(
      (subject) =>
        changes.has(subject) &&
        (isOfLight || (subject !== "light" && subject !== "colorTone")) &&
        !(isOfSomeone && PERSON_SUBJECTS.some((personal) => personal === subject)),
    ),
    remains: {
      ...besides(changes),
      ...OTHERS,
      ...(acts.some((act) => IS_OF_ALL.test(act)) ? {} : OTHER_THINGS),
    },
  };
}

/** A new place brings its light, new light its colors, and a new pose other hands. */
function touched(changes: ReadonlySet<Subject>, acts: readonly string[]): Subject[] {
  const setsThePlace = acts.some((act) => SETS_THE_PLACE.test(act)) && !changes.has("clothing");
  const isMoved = setsThePlace || acts.some((act) => MOVES_SOMEONE.test(act));
  const isRelit = isMoved || changes.has("light") || changes.has("background");
  return SUBJECTS.filter(
    (subject) =>
      changes.has(subject) ||
      (isMoved && (subject === "background" || subject === "light")) ||
      (isRelit && subject === "colorTone") ||
      (changes.has("pose") && subject === "hands"),
  );
}

function besides(changes: ReadonlySet<Subject>): Changer["remains"] {
  if (changes.has("identity")) return {};
  if (changes.has("expression")) return FACE_BESIDES.expression;
  return changes.has("skin") ? FACE_BESIDES.skin : {};
}
