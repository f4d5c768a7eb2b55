import type { LocalizedText } from "../../../localized-text.ts";
import { PERSON_SUBJECTS, SUBJECTS, type Subject } from "../../../prompt/subjects.ts";
import { joinWords } from "./join-words.ts";
import { keptWords } from "./keep-words.ts";
import type { PeopleLeft } from "./people-left.ts";
import type { Cast, SubjectWords } from "./option-words.ts";

/** One thing that changes something: an option, or the free request. */
export interface Changer {
  changes: readonly Subject[];
  remains: Partial<Record<Subject, SubjectWords>>;
}

export interface KeepFacts {
  changers: readonly Changer[];
  /** Said elsewhere in stronger words. */
  covered: ReadonlySet<Subject>;
  /** What the user asked to keep in words of their own: named even where the cast would not. */
  protects: ReadonlySet<Subject>;
  /** Whether those words stand in the instruction already; the Thai list names it all the same. */
  protectsAreSaid: boolean;
  cast: Cast;
  people: PeopleLeft;
  hasNewFormat: boolean;
  hasExtras: boolean;
}

type Section = "people" | "product" | "food" | "scene";

const SECTION_OF = {
  face: "people",
  identity: "people",
  expression: "people",
  skin: "people",
  hair: "people",
  pose: "people",
  hands: "people",
  clothing: "people",
  accessories: "people",
  productShape: "product",
  productSurface: "product",
  food: "food",
  furniture: "scene",
  objects: "scene",
  text: "scene",
  background: "scene",
  light: "scene",
  colorTone: "scene",
  framing: "scene",
} as const satisfies Record<Subject, Section>;

/** The order in which a scene is described, which is not the vocabulary's. */
const SCENE_ORDER = [
  "background",
  "furniture",
  "objects",
  "light",
  "colorTone",
  "framing",
  "text",
] as const satisfies readonly Subject[];

/** What is named only where the photo is of it. */
const NAMED_ONLY_FOR: Partial<Record<Subject, readonly Cast[]>> = {
  skin: ["person"],
  accessories: ["person"],
  productShape: ["product"],
  productSurface: ["product"],
  food: ["food"],
  furniture: ["room"],
  objects: [],
};

/**
 * What must stay, from what is not being changed: English sentences and a Thai list, both "" when
 * nothing is left to keep. What the photo is mainly of comes first.
 */
export function keepList(facts: KeepFacts): LocalizedText {
  const isChanged = (subject: Subject): boolean =>
    facts.changers.some(
      ({ changes, remains }) => changes.includes(subject) && remains[subject] === undefined,
    );
  const kept = new Map<Subject, SubjectWords>();
  for (const subject of [...SUBJECTS.filter((s) => SECTION_OF[s] !== "scene"), ...SCENE_ORDER]) {
    const words = wordsOf(subject, facts, isChanged);
    if (words !== null) kept.set(subject, words);
  }
  const sections = sectionOrder(facts.cast).map((section) => ({
    section,
    items: [...kept].filter(([subject]) => SECTION_OF[subject] === section),
  }));
  const isSaid = (subject: Subject): boolean =>
    facts.protectsAreSaid && facts.protects.has(subject);
  return {
    en: sections
      .flatMap(({ section, items }) => {
        const names = items.flatMap(([subject, words]) => (isSaid(subject) ? [] : words.en));
        return names.length === 0 ? [] : [sentence(section, joinWords(names), facts)];
      })
      .join(" "),
    th: sections
      .flatMap(({ items }) => items.map(([, words]) => words.th))
      .filter((th) => th !== "")
      .join(" · "),
  };
}

function wordsOf(
  subject: Subject,
  facts: KeepFacts,
  isChanged: (subject: Subject) => boolean,
): SubjectWords | null {
  const { cast, covered, changers, protects, people } = facts;
  const isPersonal = PERSON_SUBJECTS.some((personal) => personal === subject);
  if (isChanged(subject) || covered.has(subject)) return null;
  if (isPersonal && people === "none") return null;
  const left = changers.flatMap(({ changes, remains }) =>
    changes.includes(subject) ? [remains[subject] ?? null] : [],
  );
  // What stood in a background goes with it.
  const isGone = (subject === "furniture" || subject === "objects") && isChanged("background");
  if (isGone) return null;
  const isElsewhere = subject === "text" && isChanged("background");
  if (left.length > 0 && !isElsewhere) return leastLeft(left);
  const casts = NAMED_ONLY_FOR[subject];
  const isNamed = casts === undefined || casts.includes(cast) || protects.has(subject);
  return isNamed ? keptWords(subject, { ...facts, isChanged }) : null;
}

/** What several changes leave of one subject: all but one thing is more than a named part. */
function leastLeft(left: readonly (SubjectWords | null)[]): SubjectWords | null {
  const isPart = (words: SubjectWords | null): boolean =>
    words?.en.every((name) => !/^(?:the rest of|all other)\b/.test(name)) === true;
  return left.find(isPart) ?? left[0] ?? null;
}

function sectionOrder(cast: Cast): readonly Section[] {
  return cast === "person"
    ? ["people", "product", "food", "scene"]
    : ["product", "food", "scene", "people"];
}

function sentence(section: Section, items: string, { cast, people, hasExtras }: KeepFacts): string {
  const owner = hasExtras ? " in Picture 1" : "";
  switch (section) {
    case "product":
      return hasExtras
        ? `Keep the ${items} of the product in Picture 1 unchanged.`
        : `Keep the product's ${items} unchanged.`;
    case "food":
      return `Keep the dish's ${items}${owner} unchanged.`;
    case "scene":
      return hasExtras
        ? `Keep ${items} exactly as in Picture 1.`
        : `Keep ${items} exactly the same.`;
    case "people":
      if (people === "remaining") {
        return `Keep the ${items} of everyone who stays in the picture unchanged.`;
      }
      if (cast !== "person") {
        return `Keep the ${items} of anyone in ${hasExtras ? "Picture 1" : "the picture"} unchanged.`;
      }
      return hasExtras
        ? `Keep the ${items} of the person in Picture 1 unchanged.`
        : `Keep the person's ${items} unchanged.`;
  }
}
