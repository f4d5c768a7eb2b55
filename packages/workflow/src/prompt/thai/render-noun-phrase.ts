import { indefinite, listWords } from "./english-words.ts";
import { fitQuality } from "./fit-quality.ts";
import { ADJECTIVE_ORDERS, type Noun } from "./phrase.ts";
import { quoteLiteral } from "./quote-literal.ts";
import { joinColors, pieces, quantityWords } from "./noun-words.ts";
import { renderQuality } from "./render-quality.ts";
import type { NounPhrase, Phrasing } from "./syntax.ts";

/** How a noun phrase stands in its sentence. */
export interface NounUse {
  /** `the`: it is in the picture; `a`: it is new; `bare`: neither matters. */
  article: "the" | "a" | "bare";
  /** What it is placed at is new as well: "in front of a cafe". */
  isNewPlace?: boolean;
  /** "คน" alone may be one or many; here it means all of them. */
  isPlural?: boolean;
}

/** A noun phrase in English, with everything that tells which one. */
export function renderNounPhrase(phrase: NounPhrase, use: NounUse): string {
  return listWords([phrase, ...phrase.and].map((one) => renderOne(one, use)));
}

function renderOne(phrase: NounPhrase, use: NounUse): string {
  const after = phrase.after.map((phrasing) => renderPhrasing(phrasing, use));
  return [withArticle(phrase, use), ...after].filter((part) => part !== "").join(" ");
}

function withArticle(phrase: NounPhrase, use: NounUse): string {
  const { head } = phrase;
  if (head.kind === "picture") return `Picture ${head.number}`;
  const before = wordsBefore(phrase);
  if (head.kind === "literal")
    return `${before.length === 0 ? "the" : before.join(" ")} text ${quoteLiteral(head.text)}`;
  const isMany = isPlural(phrase, use);
  const core = [...before, headWord(phrase, isMany)]
    .join(" ")
    .replace(FOREIGN, "$1 ")
    .replace(SIZED, "$2 $1$3");
  const counted = quantityWords(phrase);
  const ownerNoun = phrase.owner?.head.kind === "noun" ? phrase.owner.head.noun : null;
  const isPersonal = ownerNoun?.class === "person" || ownerNoun?.class === "animal";
  const isShort = phrase.owner?.after.length === 0;
  if (phrase.owner !== null && isShort && (isPersonal || phrase.owner.head.kind === "latin")) {
    return `${possessive(phrase.owner)} ${[...counted, core].join(" ").replace(/^the /, "")}`;
  }
  const named = determined([...counted, core].join(" "), { phrase, use, isMany });
  return phrase.owner === null
    ? named
    : `${named} of ${renderNounPhrase(phrase.owner, { article: "the" })}`;
}

/** "กระโปรงยาวสีครีม": "a long cream skirt". */
const SIZED = /^((?:[\w-]+ )+)(long|short|small|big) (\w+)$/;

/** "ชุดนักเรียนญี่ปุ่น": not a Thai one, then. */
const FOREIGN = /\b(Japanese|Korean|Chinese|Western|European|Indian|Vietnamese) Thai /;

function possessive(owner: NounPhrase): string {
  const words = renderNounPhrase(owner, { article: "the" });
  return words.endsWith("s") && owner.quantity !== null ? `${words}'` : `${words}'s`;
}

function determined(
  words: string,
  { phrase, use, isMany }: { phrase: NounPhrase; use: NounUse; isMany: boolean },
): string {
  const { head } = phrase;
  const noun = head.kind === "noun" ? head.noun : null;
  if (noun?.article === null) return words;
  if (phrase.determiner === "this") return `${isMany ? "these" : "this"} ${words}`;
  if (phrase.determiner === "other") return `the other ${words}`;
  if (phrase.determiner === "same") return `the ${words}`;
  if (phrase.quantity?.kind === "all") return `all the ${words.replace(/^all /, "")}`;
  if (use.article === "bare") return words;
  const isQuoted =
    noun?.class === "text" &&
    phrase.after.some((one) => one.kind === "plain" && /^["“«「]/.test(one.en));
  const isThat =
    (isQuoted && phrase.qualities.length === 0) ||
    phrase.owner !== null ||
    phrase.after.some((one) => one.kind === "relation" && one.object.head.kind === "picture");
  if (use.article === "the" || isThat)
    return head.kind === "latin" && /^(?:the|a|an|my|his|her|their|this) |^#/i.test(words)
      ? words
      : `the ${words}`;
  const isCounted =
    noun === null ? head.kind === "unknown" || /^[a-z]/i.test(words) : noun.article === "a";
  if (noun?.article === "the" && wordsBefore(phrase).length === 0) return `the ${words}`;
  if (isQuoted && words.endsWith("text")) return words;
  const isOne = (isCounted || noun?.article === "the") && !isMany && phrase.quantity === null;
  if (
    head.kind === "latin" &&
    (/^(?:the|a|an|this) |^#/i.test(words) || /s$/i.test(words) || /^[A-Z]/.test(words))
  )
    return words;
  return isOne ? `${indefinite(words)} ${words}` : words;
}

function isPlural(phrase: NounPhrase, use: NounUse): boolean {
  if (phrase.quantity !== null)
    return phrase.quantity.kind !== "count" || phrase.quantity.value !== 1;
  return use.isPlural === true && phrase.determiner !== "this";
}

function headWord(phrase: NounPhrase, isMany: boolean): string {
  const { head } = phrase;
  switch (head.kind) {
    case "noun":
      return isMany ? (head.noun.plural ?? pieces(phrase, head.noun)) : head.noun.en;
    case "unknown":
      return `“${head.text}”`;
    case "latin":
      return head.text;
    case "literal":
    case "picture":
      return "";
  }
}

/** Adjectives in English order, then what stands before the noun like an adjective. */
function wordsBefore(phrase: NounPhrase): string[] {
  const noun = phrase.head.kind === "noun" ? phrase.head.noun : null;
  const fitted = phrase.qualities.map((quality) => fitQuality(quality, noun));
  const told = fitted.filter(({ adjective }) => !repeatsHead(adjective.en, phrase));
  const qualities = told.toSorted(
    (a, b) =>
      ADJECTIVE_ORDERS.indexOf(a.adjective.order) - ADJECTIVE_ORDERS.indexOf(b.adjective.order),
  );
  const adjectives = qualities.map((quality) => renderQuality(quality));
  const colors = qualities.filter((quality) => quality.adjective.order === "color");
  const compounds = phrase.compounds
    .map((compound) => modifierWord(compound))
    .filter((word) => !repeatsHead(word, phrase))
    .toReversed();
  return [...joinColors(adjectives, colors.length, qualities), ...compounds];
}

function modifierWord({ head, qualities }: NounPhrase): string {
  const before = qualities.map((quality) => `${renderQuality(quality)} `).join("");
  switch (head.kind) {
    case "noun":
      return before + nounModifier(head.noun);
    case "unknown":
      return `“${head.text}”`;
    case "latin":
      return head.text;
    case "literal":
      return quoteLiteral(head.text);
    case "picture":
      return `Picture ${head.number}`;
  }
}

function nounModifier(noun: Noun): string {
  return noun.modifier;
}

/** "ร้านกาแฟ" + "คาเฟ่": the same word twice is said once. */
function repeatsHead(word: string, { head }: NounPhrase): boolean {
  return head.kind === "noun" && head.noun.en.split(" ").includes(word);
}

/** Where, when, or what it is doing. */
export function renderPhrasing(phrasing: Phrasing, use: NounUse): string {
  switch (phrasing.kind) {
    case "plain":
    case "manner":
      return phrasing.en;
    case "relation":
      return renderRelation(phrasing, use);
    case "doing": {
      const { verb, object, after } = phrasing.clause;
      const doing =
        verb === null ? "" : verb.kind === "action" ? verb.ing : (DOING[verb.th] ?? "wearing");
      const what = object === null ? "" : renderNounPhrase(object, { article: "a" });
      return [doing, what, ...after.map((one) => renderPhrasing(one, use))]
        .filter((part) => part !== "")
        .join(" ");
    }
  }
}

const DOING: Readonly<Record<string, string>> = {
  มี: "with",
  ถือ: "holding",
  อุ้ม: "holding",
  สะพาย: "carrying",
};

const NEW_PLACES = new Set<Noun["class"]>(["place", "furniture", "thing", "material"]);

const ON = new Set<Noun["class"]>([
  "body",
  "hair",
  "clothing",
  "accessory",
  "product",
  "food",
  "text",
]);

function renderRelation(
  { en, object }: Extract<Phrasing, { kind: "relation" }>,
  use: NounUse,
): string {
  const noun = object.head.kind === "noun" ? object.head.noun : null;
  const picture = object.head.kind === "picture" ? object.head.number : null;
  const isNew =
    en === "with {}" ||
    en.startsWith("as if") ||
    (use.article === "a" && noun?.class === "background" && object.qualities.length > 0) ||
    (use.isNewPlace === true && noun !== null && NEW_PLACES.has(noun.class));
  if (picture !== null && /^(?:in|with) a \{\}/.test(en)) return `as in Picture ${picture}`;
  const isMade = /^(?:in|with) a \{\}/.test(en);
  const article = isMade
    ? "bare"
    : isNew || (en === "in {}" && noun?.class === "clothing")
      ? "a"
      : "the";
  const words = isMade
    ? [...wordsBefore(object), modifierWord({ ...object, qualities: [] })].join(" ")
    : renderNounPhrase(object, { ...use, article, isPlural: false });
  if (isMade)
    return en.replace("a {}", () => `${indefinite(words)} ${words}`).replace("{}", () => words);
  return preposition(en, { noun, picture }).replace("{}", () => words);
}

/** "ที่" and "ใน" are whatever English says with that noun. */
function preposition(en: string, o: { noun: Noun | null; picture: number | null }): string {
  if (o.picture !== null && (en === "in {}" || en === "at {}")) {
    return o.picture === 1 ? "in {}" : "from {}";
  }
  if (en === "on {}" && o.noun?.en === "sky") return "in {}";
  if (en !== "at {}" || o.noun === null) return en;
  if (ON.has(o.noun.class)) return "on {}";
  if (o.noun.class === "region" || o.noun.class === "background") return "in {}";
  return en;
}
