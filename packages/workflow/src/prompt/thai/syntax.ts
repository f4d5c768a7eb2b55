import type { Adjective, Degree, Noun, Phrase, Verb } from "./phrase.ts";

/** An adjective with what was said of its degree. */
export interface Quality {
  adjective: Adjective;
  /** `null`: as it is. */
  degree: Degree | null;
  isNegated: boolean;
  /** "2" of "2 เท่า", `null` when not said. */
  times: number | null;
}

/** What a noun phrase is headed by. */
export type Head =
  | { kind: "noun"; noun: Noun }
  | { kind: "literal"; text: string }
  | { kind: "latin"; text: string }
  | { kind: "unknown"; text: string }
  /** "รูปที่ 2" */
  | { kind: "picture"; number: number };

export type Quantity = { kind: "count"; value: number } | { kind: "all" } | { kind: "several" };

/** A noun with everything that tells which one. */
export interface NounPhrase {
  head: Head;
  qualities: Quality[];
  /** Nouns that stand before the head in English: "coffee" of "coffee cup". */
  compounds: NounPhrase[];
  /** Whose it is. */
  owner: NounPhrase | null;
  quantity: Quantity | null;
  determiner: "this" | "other" | "same" | null;
  /** What stands after it: "on the table", "wearing a hat". */
  after: Phrasing[];
  /** "หมวกและแว่น": what is named with it. */
  and: NounPhrase[];
}

/** What follows a noun phrase or a clause. */
export type Phrasing =
  | { kind: "relation"; en: string; object: NounPhrase }
  | { kind: "plain"; en: string }
  /** How or when, which is said of the whole rather than of the noun: "naturally". */
  | { kind: "manner"; en: string }
  | { kind: "doing"; clause: Clause };

/** What something becomes: qualities, a thing, or both. */
export interface Target {
  qualities: Quality[];
  noun: NounPhrase | null;
  after: Phrasing[];
}

/** One thing that is asked, as it was said. */
export interface Clause {
  /** `null`: the clause only names something. */
  verb: Verb | Action | null;
  isNegated: boolean;
  /** "ไม่ต้อง", "อย่า": a request not to, rather than a fact. */
  isForbidden: boolean;
  subject: NounPhrase | null;
  object: NounPhrase | null;
  target: Target | null;
  /** After "ด้วย" or "เป็น" of a replacement. */
  with: NounPhrase | null;
  /** After "ให้": whom it is done to. */
  recipient: NounPhrase | null;
  qualities: Quality[];
  after: Phrasing[];
  /** "เอา X มาใส่ …": the thing was named before the verb that says what becomes of it. */
  isCarried: boolean;
  /** "ออก" was said. */
  isOut: boolean;
  /** "เหมือนเดิม" or "ไว้" was said. */
  isKept: boolean;
  /** "แทน" was said; with what it stands in for when that was named. */
  instead: NounPhrase | true | null;
  /** "20%" or "2 เท่า" of the change. */
  amount: string | null;
  degree: Degree | null;
  /** A whole request that the phrasebook knows as one. */
  idiom: Extract<Phrase, { kind: "idiom" }> | null;
}
export type Action = Extract<Phrase, { kind: "action" }>;

/** A target of which nothing is said yet. */
export function emptyTarget(): Target {
  return { qualities: [], noun: null, after: [] };
}

/** A clause of which nothing is said yet. */
export function emptyClause(): Clause {
  return {
    verb: null,
    isNegated: false,
    isForbidden: false,
    subject: null,
    object: null,
    target: null,
    with: null,
    recipient: null,
    qualities: [],
    after: [],
    isCarried: false,
    isOut: false,
    isKept: false,
    instead: null,
    amount: null,
    degree: null,
    idiom: null,
  };
}
