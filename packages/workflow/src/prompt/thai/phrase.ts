import { PERSON_SUBJECTS, PRODUCT_SUBJECTS, type Subject } from "../subjects.ts";

/** What a noun stands for, as far as an instruction treats it differently. */
export const NOUN_CLASSES = [
  "person",
  "animal",
  "body",
  "hair",
  "clothing",
  "accessory",
  "product",
  "food",
  "furniture",
  "thing",
  "place",
  "region",
  "background",
  "scene",
  "light",
  "quantity",
  "style",
  "effect",
  "text",
  "picture",
  "material",
] as const;
export type NounClass = (typeof NOUN_CLASSES)[number];

/** Adjectives stand before their noun in this order. */
export const ADJECTIVE_ORDERS = [
  "opinion",
  "size",
  "age",
  "shape",
  "color",
  "pattern",
  "origin",
  "material",
] as const;
export type AdjectiveOrder = (typeof ADJECTIVE_ORDERS)[number];

/** What a verb does with what follows it. */
export const FRAMES = [
  "change",
  "turn",
  "make",
  "replace",
  "add",
  "remove",
  "keep",
  "increase",
  "reduce",
  "write",
  "place",
  "move",
  "swap",
  "wear",
  "hold",
  "want",
  "be-at",
  "do",
] as const;
export type Frame = (typeof FRAMES)[number];

/** Small words that steer the grammar and have no English of their own. */
export const MARKER_ROLES = [
  "to",
  "give",
  "with",
  "of",
  "that",
  "this",
  "other",
  "out",
  "stay",
  "instead",
  "same",
  "all",
  "several",
  "pattern",
  "go",
  "repeat",
  "picture",
  "times",
] as const;
export type MarkerRole = (typeof MARKER_ROLES)[number];

export const DEGREES = ["more", "less", "slightly", "much", "very", "too"] as const;
export type Degree = (typeof DEGREES)[number];

/** A thing, a person, a place … */
export interface Noun {
  kind: "noun";
  th: string;
  /** Singular without article. */
  en: string;
  /** What stands before it when it is new: "a", nothing (mass, plural), "the"; `null`: never any. */
  article: "a" | "" | "the" | null;
  /** `null` when it has none of its own (mass nouns, names, nouns that are plural already). */
  plural: string | null;
  /** How it stands before another noun: "wooden" for wood. */
  modifier: string;
  class: NounClass;
  subjects: readonly Subject[];
}
export interface Adjective {
  kind: "adjective";
  th: string;
  en: string;
  order: AdjectiveOrder;
  subjects: readonly Subject[];
}
/** What is asked to be done. */
export interface Verb {
  kind: "verb";
  th: string;
  /** Imperative; `{}` is where the object goes, at the end when absent. */
  en: string;
  frame: Frame;
  /** What a `do` verb is done to when the request does not say. */
  fallback: string;
  subjects: readonly Subject[];
}
export type Phrase =
  | Noun
  | Adjective
  | Verb
  | { kind: "shade"; th: string; en: string }
  /** What a person or animal does: base form and -ing form. */
  | { kind: "action"; th: string; en: string; ing: string; subjects: readonly Subject[] }
  /** A preposition with `{}` for its noun; `alone` is what it says without one. */
  | { kind: "relation"; th: string; en: string; alone: string }
  | { kind: "adverb"; th: string; en: string; subjects: readonly Subject[] }
  | { kind: "degree"; th: string; degree: Degree }
  | { kind: "classifier"; th: string; en: string }
  | { kind: "number"; th: string; value: number }
  | { kind: "negation"; th: string; isRequest: boolean }
  | { kind: "connector"; th: string; isClause: boolean }
  | { kind: "marker"; th: string; role: MarkerRole }
  /** A whole request on its own. */
  | { kind: "idiom"; th: string; en: string; subjects: readonly Subject[] }
  | { kind: "filler"; th: string };

type Rows<Value> = Readonly<Record<string, Value>>;

const SUBJECTS_OF = {
  person: PERSON_SUBJECTS,
  animal: ["objects"],
  body: [],
  hair: ["hair"],
  clothing: ["clothing"],
  accessory: ["accessories"],
  product: PRODUCT_SUBJECTS,
  food: ["food"],
  furniture: ["furniture"],
  thing: ["objects"],
  place: ["background", "light"],
  region: ["background", "light"],
  background: ["background", "light"],
  scene: ["background", "light"],
  light: ["light"],
  quantity: [],
  style: ["colorTone"],
  effect: ["colorTone"],
  text: ["text"],
  picture: [],
  material: [],
} as const satisfies Record<NounClass, readonly Subject[]>;

/**
 * Nouns of one class. The English stands as when it is new: "a shirt", "jeans", "the sea", and
 * "=Chiang Mai" for a name; after `|` an irregular plural, after `~` its form before a noun.
 */
export function nouns(
  nounClass: NounClass,
  rows: Rows<string>,
  subjects: readonly Subject[] = SUBJECTS_OF[nounClass],
): Noun[] {
  return Object.entries(rows).map(([th, written]) => {
    const [, article = "", text = ""] = /^(an? |the |=)?(.*)$/.exec(written) ?? [];
    const [singular = "", modifier] = text.split("~");
    const [en = "", irregular] = singular.split("|");
    const isCounted = article === "a " || article === "an ";
    return {
      kind: "noun",
      th,
      en,
      article: article === "=" ? null : isCounted ? "a" : article === "the " ? "the" : "",
      plural: isCounted ? (irregular ?? regularPlural(en)) : null,
      modifier: modifier ?? en,
      class: nounClass,
      subjects,
    };
  });
}

function regularPlural(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}

/** Adjectives of one place in the order before a noun. */
export function adjectives(
  order: AdjectiveOrder,
  rows: Rows<string>,
  subjects: readonly Subject[] = [],
): Adjective[] {
  return Object.entries(rows).map(([th, en]) => ({ kind: "adjective", th, en, order, subjects }));
}

/** Colours by their bare name; each is understood with and without "สี" before it. */
export function colors(rows: Rows<string>): Adjective[] {
  return adjectives("color", rows).flatMap((color) => [color, { ...color, th: `สี${color.th}` }]);
}

/** Colours that only "สี" before them makes colours. */
export function colorsOnly(rows: Rows<string>): Adjective[] {
  return adjectives("color", rows).map((color) => ({ ...color, th: `สี${color.th}` }));
}

/** What is said of a colour behind it: "เข้ม". */
export function shades(rows: Rows<string>): Phrase[] {
  return Object.entries(rows).map(([th, en]) => ({ kind: "shade", th, en }));
}

/** Verbs of one frame. A fallback object stands after `|`. */
export function verbs(frame: Frame, rows: Rows<string>, subjects: readonly Subject[] = []): Verb[] {
  return Object.entries(rows).map(([th, written]) => {
    // A plain verb without a fallback says already what it is done to.
    const [en = "", fallback = frame === "do" ? "" : "the picture"] = written.split("|");
    return { kind: "verb", th, en, frame, fallback, subjects };
  });
}

/** What people and animals do, as "smile|smiling". */
export function actions(rows: Rows<string>, subjects: readonly Subject[]): Phrase[] {
  return Object.entries(rows).map(([th, written]) => {
    const [en = "", ing = ""] = written.split("|");
    return { kind: "action", th, en, ing, subjects };
  });
}

/** Prepositions, as "behind {}|in the background". */
export function relations(rows: Rows<string>): Phrase[] {
  return Object.entries(rows).map(([th, written]) => {
    const [en = "", alone = ""] = written.split("|");
    return { kind: "relation", th, en, alone };
  });
}
