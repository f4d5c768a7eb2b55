import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import { joinWords } from "./join-words.ts";
import type { PeopleLeft } from "./people-left.ts";
import type { Changer } from "./keep-list.ts";

export interface StyleKeepFacts {
  changers: readonly Changer[];
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
  everyone: { th: "เค้าหน้าที่จำได้", en: "keep everyone recognizable" },
  scene: { th: "สถานที่ให้จำได้", en: "keep the scene recognizable" },
  subject: { th: "สิ่งที่เด่นในภาพให้จำได้", en: "keep the main subject recognizable" },
} as const satisfies Record<string, LocalizedText>;

/** What stays in a drawn look, which touches everything: the lines of the picture, not its details. */
export function styleKeep({ changers, people, hasNewFormat }: StyleKeepFacts): LocalizedText {
  const changed = new Set(
    changers.flatMap(({ changes, remains }) =>
      changes.filter((subject) => remains[subject] === undefined),
    ),
  );
  const items = ITEMS.filter(
    ({ subjects, isOfPeople, en }) =>
      !subjects.some((subject) => changed.has(subject)) &&
      !(isOfPeople && people === "none") &&
      !(hasNewFormat && en === "the composition"),
  );
  const known =
    people === "none"
      ? RECOGNIZABLE.scene
      : changed.has("identity") || changed.has("face")
        ? RECOGNIZABLE.subject
        : RECOGNIZABLE.everyone;
  const en =
    items.length === 0
      ? `${known.en.charAt(0).toUpperCase()}${known.en.slice(1)}.`
      : `Keep ${joinWords(items.map((item) => item.en))} the same, and ${known.en}.`;
  return { en, th: [...items.map((item) => item.th), known.th].join(" · ") };
}
