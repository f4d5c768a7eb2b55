import type { LocalizedText } from "../../../localized-text.ts";
import type { Cast } from "./option-words.ts";
import { PERSON_SUBJECTS, PRODUCT_SUBJECTS, SUBJECTS, type Subject } from "./subjects.ts";

/** English as separate items, so that a list of any length reads as one; Thai as one label. */
interface SubjectWords {
  en: readonly string[];
  th: string;
}

const WORDS = {
  face: { en: ["face"], th: "ใบหน้า" },
  identity: { en: ["identity"], th: "ดูเป็นคนเดิม" },
  expression: { en: ["expression"], th: "สีหน้า" },
  hair: { en: ["hairstyle"], th: "ทรงผม" },
  pose: { en: ["body shape", "pose"], th: "รูปร่างและท่าทาง" },
  hands: { en: ["hands"], th: "มือ" },
  clothing: { en: ["clothes"], th: "เสื้อผ้า" },
  productShape: { en: ["shape", "proportions"], th: "รูปทรงและสัดส่วนสินค้า" },
  productSurface: { en: ["colors", "material"], th: "สีและเนื้อวัสดุสินค้า" },
  background: { en: ["the background"], th: "ฉากหลัง" },
  light: { en: ["the lighting"], th: "แสง" },
  framing: { en: ["the camera angle", "the framing"], th: "มุมกล้องและกรอบภาพ" },
  text: { en: ["all text, labels and logos"], th: "ข้อความ ฉลาก และโลโก้" },
} as const satisfies Record<Subject, SubjectWords>;

/** Lettering that stays when a new background takes its own away. */
const TEXT_IN_FRONT = {
  product: {
    en: ["all text, labels and logos on the product"],
    th: "ข้อความ ฉลาก และโลโก้บนสินค้า",
  },
  person: { en: ["all text and logos on the person's clothes"], th: "ข้อความและโลโก้บนเสื้อผ้า" },
  scene: {
    en: ["all text, labels and logos on the main subject"],
    th: "ข้อความ ฉลาก และโลโก้บนสิ่งที่เด่นในภาพ",
  },
} as const satisfies Record<Cast, SubjectWords>;

const SCENE_SUBJECTS = ["background", "light", "framing", "text"] as const satisfies Subject[];

/**
 * What must stay, from what is not being changed: English sentences and a Thai list, both "" when
 * nothing is left to keep. What the photo is mainly of comes first.
 */
export function keepList(changed: ReadonlySet<Subject>, cast: Cast): LocalizedText {
  const words = wordsFor(changed, cast);
  const kept = new Set(
    SUBJECTS.filter((subject) => !changed.has(subject) && words[subject].en.length > 0),
  );
  const people = PERSON_SUBJECTS.filter((subject) => kept.has(subject));
  const product = cast === "product" ? PRODUCT_SUBJECTS.filter((s) => kept.has(s)) : [];
  const scene = SCENE_SUBJECTS.filter((subject) => kept.has(subject));
  const sentences = {
    product: sentence(product, words, (items) => `Keep the product's ${items} unchanged.`),
    scene: sentence(scene, words, (items) => `Keep ${items} exactly the same.`),
    people: sentence(people, words, (items) =>
      cast === "person"
        ? `Keep the person's ${items} unchanged.`
        : `Keep the ${items} of anyone in the picture unchanged.`,
    ),
  };
  const inOrder = cast === "person" ? [...people, ...scene] : [...product, ...scene, ...people];
  return {
    en: (cast === "person"
      ? [...sentences.people, ...sentences.scene]
      : [...sentences.product, ...sentences.scene, ...sentences.people]
    ).join(" "),
    th: inOrder.map((subject) => words[subject].th).join(" · "),
  };
}

type Words = Record<Subject, SubjectWords>;

/** A new background has new lettering, so only what stands before it can be kept; new clothes likewise. */
function wordsFor(changed: ReadonlySet<Subject>, cast: Cast): Words {
  if (!changed.has("background")) return WORDS;
  if (cast === "person" && changed.has("clothing")) return { ...WORDS, text: { en: [], th: "" } };
  return { ...WORDS, text: TEXT_IN_FRONT[cast] };
}

function sentence(
  subjects: readonly Subject[],
  words: Words,
  say: (items: string) => string,
): string[] {
  const items = subjects.flatMap((subject) => words[subject].en);
  return items.length === 0 ? [] : [say(joinWords(items))];
}

/** "a", "a and b", "a, b and c"; a comma sets off a last item that is a list itself. */
export function joinWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return last;
  const head = items.slice(0, -1).join(", ");
  return last.includes(" and ") ? `${head}, and ${last}` : `${head} and ${last}`;
}
