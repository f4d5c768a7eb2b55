import type { LocalizedText } from "../../localized-text.ts";
import type { Cast } from "./option-words.ts";
import { PERSON_SUBJECTS, SUBJECTS, type Subject } from "./subjects.ts";

const PERSON_WORDS = {
  face: { en: "face and identity", th: "ใบหน้าและตัวตน" },
  expression: { en: "expression", th: "สีหน้า" },
  hair: { en: "hairstyle", th: "ทรงผม" },
  pose: { en: "body shape and pose", th: "รูปร่างและท่าทาง" },
  hands: { en: "hands", th: "มือ" },
  clothing: { en: "clothes", th: "เสื้อผ้า" },
} as const satisfies Record<(typeof PERSON_SUBJECTS)[number], LocalizedText>;

const THING_WORDS = {
  productShape: { en: "the product's shape and proportions", th: "รูปทรงและสัดส่วนสินค้า" },
  productSurface: { en: "its colors and material", th: "สีและเนื้อวัสดุ" },
  text: { en: "all text, labels and logos", th: "ข้อความ ฉลาก และโลโก้" },
  background: { en: "the background", th: "ฉากหลัง" },
  light: { en: "the lighting", th: "แสง" },
  framing: { en: "the camera angle and framing", th: "มุมกล้องและกรอบภาพ" },
} as const satisfies Partial<Record<Subject, LocalizedText>>;

/**
 * What must stay, from what is not being changed: one or two English sentences and a Thai list,
 * both "" when nothing is left to keep.
 */
export function keepList(changed: ReadonlySet<Subject>, cast: Cast): LocalizedText {
  const kept = new Set(SUBJECTS.filter((subject) => !changed.has(subject)));
  const people = peopleWords(kept);
  const things = thingWords(kept, cast);
  const th = [...people, ...things].map((words) => words.th).join(" · ");
  const peopleEn = joinWords(people.map((words) => words.en));
  const thingsEn = joinWords(things.map((words) => words.en));
  const owner = cast === "person" ? `the person's ${peopleEn}` : `the ${peopleEn} of any people`;
  if (people.length === 0 && things.length === 0) return { en: "", th };
  if (people.length === 0) return { en: `Keep ${thingsEn} exactly the same.`, th };
  if (things.length === 0) return { en: `Keep ${owner} unchanged.`, th };
  return cast === "person"
    ? { en: `Keep ${owner} unchanged. Keep ${thingsEn} exactly the same.`, th }
    : { en: `Keep ${thingsEn} exactly the same. Keep ${owner} unchanged.`, th };
}

function peopleWords(kept: ReadonlySet<Subject>): LocalizedText[] {
  return PERSON_SUBJECTS.filter((subject) => kept.has(subject)).map(
    (subject) => PERSON_WORDS[subject],
  );
}

function thingWords(kept: ReadonlySet<Subject>, cast: Cast): LocalizedText[] {
  const words: LocalizedText[] = [];
  if (cast === "product") {
    if (kept.has("productShape")) words.push(THING_WORDS.productShape);
    if (kept.has("productSurface")) {
      words.push(
        kept.has("productShape")
          ? THING_WORDS.productSurface
          : { ...THING_WORDS.productSurface, en: "the product's colors and material" },
      );
    }
  }
  for (const subject of ["text", "background", "light", "framing"] as const) {
    if (kept.has(subject)) words.push(THING_WORDS[subject]);
  }
  return words;
}

/** "a", "a and b", "a, b and c"; the last comma stands where an item holds an "and" of its own. */
export function joinWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return last;
  const head = items.slice(0, -1).join(", ");
  const isCompound = items.some((item) => item.includes(" and "));
  return isCompound ? `${head}, and ${last}` : `${head} and ${last}`;
}
