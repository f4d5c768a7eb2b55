import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import { joinWords } from "./join-words.ts";
import type { PeopleLeft } from "./people-left.ts";
import type { Changer } from "./keep-list.ts";
import type { Cast } from "./option-words.ts";

export interface StyleKeepFacts {
  changers: readonly Changer[];
  /** Said elsewhere in stronger words. */
  covered: ReadonlySet<Subject>;
  cast: Cast;
  people: PeopleLeft;
  hasNewFormat: boolean;
}

interface StyleItem {
  /** It is kept only while none of these changes. */
  subjects: readonly Subject[];
  en: string;
  th: string;
  isOfPeople: boolean;
}

const ITEMS: readonly StyleItem[] = [
  {
    subjects: ["background", "framing"],
    en: "the composition",
    th: "องค์ประกอบภาพ",
    isOfPeople: false,
  },
  { subjects: ["pose"], en: "the poses", th: "ท่าทาง", isOfPeople: true },
  { subjects: ["expression"], en: "the expressions", th: "สีหน้า", isOfPeople: true },
];

const RECOGNIZABLE = {
  product: {
    th: "สินค้าที่ดูออกว่าเป็นชิ้นเดิม",
    en: "keep the product recognizable by its shape and label",
  },
  productShape: {
    th: "สินค้าที่ดูออกว่าเป็นชิ้นเดิม",
    en: "keep the product recognizable by its shape",
  },
  food: { th: "อาหารที่ดูออกว่าเป็นจานเดิม", en: "keep the dish recognizable" },
  everyone: { th: "เค้าหน้าที่ดูออกว่าเป็นคนเดิม", en: "keep everyone recognizable" },
  scene: { th: "สถานที่ที่ดูออกว่าเป็นที่เดิม", en: "keep the scene recognizable" },
  subject: { th: "สิ่งที่เด่นในภาพให้ดูออก", en: "keep the main subject recognizable" },
} as const satisfies Record<string, LocalizedText>;

/** What stays in a drawn look, which touches everything: the lines of the picture, not its details. */
export function styleKeep(facts: StyleKeepFacts): LocalizedText {
  const { changers, covered, people, cast, hasNewFormat } = facts;
  const changed = new Set(
    changers.flatMap(({ changes, remains }) =>
      changes.filter((subject) => remains[subject] === undefined),
    ),
  );
  const isOfThings = cast === "product" || cast === "food";
  const items = ITEMS.filter(
    ({ subjects, isOfPeople, en }) =>
      !subjects.some((subject) => changed.has(subject) || covered.has(subject)) &&
      !(isOfPeople && (people === "none" || isOfThings)) &&
      !(hasNewFormat && en === "the composition"),
  );
  const known = RECOGNIZABLE[recognized(facts, changed)];
  const en =
    items.length === 0
      ? `${known.en.charAt(0).toUpperCase()}${known.en.slice(1)}.`
      : `Keep ${joinWords(items.map((item) => item.en))} the same, and ${known.en}.`;
  return { en, th: [...items.map((item) => item.th), known.th].join(" · ") };
}

function recognized(
  { cast, people }: Pick<StyleKeepFacts, "cast" | "people">,
  changed: ReadonlySet<Subject>,
): keyof typeof RECOGNIZABLE {
  if (cast === "product") return changed.has("text") ? "productShape" : "product";
  if (cast === "food") return cast;
  if (people === "none" || cast === "room") return "scene";
  return changed.has("identity") || changed.has("face") ? "subject" : "everyone";
}
