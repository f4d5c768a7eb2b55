import {
  PERSON_SUBJECTS,
  PRODUCT_SUBJECTS,
  SUBJECTS,
  type Subject,
} from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { Chosen } from "./chosen.ts";
import type { Changer } from "./keep-list.ts";
import type { SubjectWords } from "./option-words.ts";
import { hasSettingOf, isKeepSentence, isRealismSentence, movesToPlace } from "./request-acts.ts";

/** A sentence that takes one thing away or brings one thing in, and leaves the others. */
const IS_OF_ONE_THING = /^(?:Remove|Erase|Delete|Add|Insert|Write|Draw)\b/;
const IS_OF_THE_BACKGROUND =
  /^(?:Remove|Erase|Delete) (?:the )?(?:whole |entire )?background\b|^(?:Add|Insert)\b.*\b(?:background|backdrop|scenery)\b/;
const IS_OF_ALL = /\b(?:all|every|everything|any)\b/;
const LIGHT_WORDS =
  /\b(?:rain|snow|fog|mist|storm|light\w*|shadows?|glare|reflections?|dark\w*|bright\w*)\b/i;

/** A sentence that keeps named things, which the keep-list can name as well. */
const KEEPS_THINGS = /^(?:Keep\b[^,;]*|Do not (?:change|alter|touch)\b.*)\.$/;
/** Walls, floor and ceiling are what a room's background consists of. */
const SHELL_WORDS = /\b(?:walls?|floors?|ceilings?)\b/i;

const TEXT_WORDS =
  /["“]|\b(?:text|lettering|letters?|words?|name|signs?|labels?|logos?|fonts?|captions?|watermark)\b/i;

const REST_OF_BACKGROUND: Partial<Record<Subject, SubjectWords>> = {
  background: { en: ["the rest of the background"], th: "ฉากหลังส่วนอื่น" },
};
const ROOM_LAYOUT: Partial<Record<Subject, SubjectWords>> = {
  background: { en: ["the room's layout, windows and doors"], th: "ผังห้อง หน้าต่าง และประตู" },
};

/** What is left of a subject of which one thing was taken or added. */
const OTHERS: Partial<Record<Subject, SubjectWords>> = {
  ...REST_OF_BACKGROUND,
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

/** A sentence that gives a face another shape, which leaves nothing of the face to keep by name. */
const RESHAPES_FACE =
  /\b(?:slim|narrow|reshape|sharpen|lift|enlarge|shrink|smaller|bigger|thinner)\w*\b.*\b(?:face|jaw\w*|chin|nose|cheek\w*|eyes)\b/i;

/** What is left of a face of which only the skin, or the expression, changes. */
const FACE_BESIDES = {
  skin: { face: { en: ["facial features"], th: "เค้าหน้า" } },
  expression: { face: { en: ["face shape"], th: "โครงหน้า" } },
} as const satisfies Partial<Record<Subject, Partial<Record<Subject, SubjectWords>>>>;

/**
 * A request as the chosen options leave it. What it keeps although a chosen option changes it is not
 * said but for what is left of it (a warning tells), nor is it asked to look real where something else is changed: every photo
 * is, and a drawn one cannot be.
 */
export function withoutBrokenKeeps(
  request: TranslatedRequest,
  { changes }: Pick<Chosen, "changes">,
): TranslatedRequest {
  const isChanged = [...request.protects].some((subject) =>
    changes.some((chosen) => chosen.changes.includes(subject)),
  );
  const sentences = request.sentences.filter(
    (sentence) =>
      !(isChanged && KEEPS_THINGS.test(sentence)) &&
      !(changes.length > 0 && isRealismSentence(sentence)),
  );
  return sentences.length === request.sentences.length ? request : { ...request, sentences };
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
      changes: touched({ changes }, acts),
      remains: {
        ...besides(changes, acts),
        ...(isOfSomeText ? OTHER_TEXT : {}),
        ...(isOfRoom(acts) ? ROOM_LAYOUT : {}),
        ...(changes.has("background") || acts.some((act) => movesToPlace(act, { changes }))
          ? {}
          : REST_OF_BACKGROUND),
      },
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
      ...besides(changes, acts),
      ...OTHERS,
      ...(acts.some((act) => IS_OF_ALL.test(act)) ? {} : OTHER_THINGS),
    },
  };
}

/**
 * A new place brings its light and leaves the product itself alone; new light brings its colors, a
 * new pose other hands, and an expression moves the face.
 */
function touched(request: Pick<TranslatedRequest, "changes">, acts: readonly string[]): Subject[] {
  const { changes } = request;
  const moves = acts.filter((act) => movesToPlace(act, request));
  const isMoved = moves.length > 0;
  const isOnlyMoved = isMoved && moves.length === acts.length;
  const isRelit = isMoved || changes.has("light") || changes.has("background");
  return SUBJECTS.filter((subject) => {
    if (isOnlyMoved && PRODUCT_SUBJECTS.some((own) => own === subject)) return false;
    return (
      changes.has(subject) ||
      (isMoved && (subject === "background" || subject === "light")) ||
      (isRelit && subject === "colorTone") ||
      (subject === "hands" && changes.has("pose")) ||
      (subject === "face" && changes.has("expression")) ||
      (subject === "background" && acts.some((act) => SHELL_WORDS.test(act))) ||
      ((subject === "furniture" || subject === "objects") && isOfRoom(acts))
    );
  });
}

function isOfRoom(acts: readonly string[]): boolean {
  return acts.some((act) => hasSettingOf(act, "room"));
}

function besides(changes: ReadonlySet<Subject>, acts: readonly string[]): Changer["remains"] {
  if (changes.has("identity") || acts.some((act) => RESHAPES_FACE.test(act))) return {};
  if (changes.has("expression")) return FACE_BESIDES.expression;
  return changes.has("skin") ? FACE_BESIDES.skin : {};
}
