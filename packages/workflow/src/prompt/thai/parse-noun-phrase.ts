import { canHave, canMove, isCostumeOf } from "./noun-abilities.ts";
import { isFrontOf } from "./is-front-of.ts";
import { bareNounPhrase, parseHead } from "./parse-head.ts";
import {
  parseDeterminer,
  parseLiteral,
  parsePlain,
  parseQualityOf,
  parseQuantity,
  parseWriting,
} from "./parse-modifier.ts";
import { parseOwners } from "./parse-owners.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import type { Noun } from "./phrase.ts";
import type { NounPhrase } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Where a noun phrase stands, which decides what may follow it. */
export interface NounPlace {
  /** What something becomes: "… และกางเกงเป็นสีดำ" then begins a clause of its own. */
  isTarget?: boolean;
  /** A person named as the object may be told apart by what he does: "ลบคนใส่เสื้อแดง". */
  isObject?: boolean;
  /** Whom something is put on: what stands behind a space tells of the thing. */
  isRecipient?: boolean;
  /** Inside another noun phrase nothing more is listed: "และ" goes on with the outer one. */
  isInner?: boolean;
  /** Named with another: "ดอกไม้และป้าย". */
  isListed?: boolean;
}

/** How deep noun phrases may stand inside each other; deeper ones are read as bare heads. */
const MAX_DEPTH = 6;

/** Reads a noun with everything that tells which one; `null` when none comes next. */
export function parseNounPhrase(reader: TokenReader, place: NounPlace = {}): NounPhrase | null {
  const phrase = parseHead(reader);
  if (phrase === null || reader.depth >= MAX_DEPTH) return phrase;
  reader.depth += 1;
  while (parseModifier(reader, phrase, place));
  reader.depth -= 1;
  if (place.isInner !== true) parseCoordinates(reader, phrase, place);
  return phrase;
}

/** A noun phrase inside another: of a pair ("between") both are read. */
export function parseInner(reader: TokenReader, isPair = false): NounPhrase | null {
  return parseNounPhrase(reader, { isInner: !isPair });
}

function parseModifier(reader: TokenReader, phrase: NounPhrase, place: NounPlace): boolean {
  return (
    parseLiteral(reader, phrase) ||
    ((place.isInner !== true || place.isListed === true) && parseWriting(reader, phrase)) ||
    parseQualityOf(reader, phrase, place.isRecipient === true) ||
    parseNounBehind(reader, phrase) ||
    parseQuantity(reader, phrase) ||
    parseDeterminer(reader, phrase) ||
    parseOwner(reader, phrase) ||
    parsePlain(reader, phrase) ||
    parseAfter(reader, phrase, place)
  );
}

const OWNED = new Set<Noun["class"]>([
  "light",
  "body",
  "hair",
  "clothing",
  "accessory",
  "product",
  "picture",
]);

const WORN = new Set<Noun["class"]>(["body", "hair", "clothing", "accessory"]);

/** A noun right behind a noun: whose it is, what it has, where it is, or what kind it is. */
function parseNounBehind(reader: TokenReader, phrase: NounPhrase): boolean {
  // "สี background": an English word stands apart.
  if (isColorOf(reader, phrase)) reader.skipSpaces();
  const noun = reader.phraseAt("noun", 0);
  const unknown = reader.peek();
  if (unknown?.kind === "unknown" && phrase.head.kind === "noun") {
    reader.skip();
    phrase.compounds.push(bareNounPhrase({ kind: "unknown", text: unknown.th }));
    return true;
  }
  if (reader.isMarker("picture")) return attachPicture(reader, phrase);
  if (parseCountry(reader, phrase)) return true;
  if (noun === null || phrase.head.kind !== "noun" || isFrontOf(reader)) return false;
  const head = phrase.head.noun;
  const isPersonal = noun.class === "person" || noun.class === "animal";
  if (isCostumeOf(head, noun)) {
    const role = parseHead(reader);
    if (role !== null) phrase.compounds.push(role);
    return true;
  }
  if (OWNED.has(head.class) && isPersonal) {
    phrase.owner = parseOwners(reader, parseInner);
    return true;
  }
  if (head.class === "person" || head.class === "animal")
    return attachToPerson(reader, phrase, noun);
  if (head.class === "picture" && noun.class === "background") {
    const object = parseInner(reader);
    if (object !== null) phrase.after.push({ kind: "relation", en: "with {}", object });
    return true;
  }
  if (noun.class === "person" && head.class !== "thing" && head.class !== "place") return false;
  if (noun.class === "region" && noun.modifier === noun.en) {
    const object = parseInner(reader);
    if (object !== null) phrase.after.push({ kind: "relation", en: "in {}", object });
    return true;
  }
  if (noun.class === "scene" && (head.class === "place" || head.class === "region")) {
    const object = parseHead(reader);
    const isHour = /sunset|sunrise|night|noon|dusk|twilight/.test(noun.en);
    if (object !== null)
      phrase.after.push({ kind: "plain", en: `${isHour ? "at" : "in"} ${noun.en}` });
    return true;
  }
  if (noun.th.startsWith("ริม")) {
    const object = parseInner(reader);
    if (object !== null) phrase.after.push({ kind: "relation", en: "at {}", object });
    return true;
  }
  if (noun.class === "body" && noun.article === null && noun.en.startsWith("the ")) {
    const object = parseInner(reader);
    if (object !== null) phrase.after.push({ kind: "relation", en: "on {}", object });
    return true;
  }
  const compound = parseHead(reader);
  if (compound !== null) phrase.compounds.push(compound);
  return true;
}

function isColorOf(reader: TokenReader, { head, compounds }: NounPhrase): boolean {
  const isColor = head.kind === "noun" && head.noun.th === "สี" && compounds.length === 0;
  return (
    isColor &&
    reader.spaces() === 1 &&
    /^\w/.test(reader.phraseAt("noun", 1)?.th ?? reader.peek(1)?.th ?? "")
  );
}

/** "หอไอเฟล ปารีส": a place, and what it lies in. */
function parseCountry(reader: TokenReader, phrase: NounPhrase): boolean {
  const isPlace =
    phrase.head.kind === "noun" && ["place", "region"].includes(phrase.head.noun.class);
  const isBehind = reader.spaces() === 1 && reader.phraseAt("noun", 1)?.class === "region";
  if (!isPlace || !isBehind) return false;
  reader.skipSpaces();
  const object = parseInner(reader);
  if (object !== null) phrase.after.push({ kind: "relation", en: "in {}", object });
  return object !== null;
}

/** "ผู้หญิงผมยาว", "คนเสื้อแดง", "คนพื้นหลัง". */
function attachToPerson(reader: TokenReader, phrase: NounPhrase, noun: Noun): boolean {
  const isBackground = noun.class === "background";
  if (!WORN.has(noun.class) && !isBackground) return false;
  const object = parseInner(reader);
  if (object === null) return false;
  const en = isBackground || noun.class === "clothing" ? "in {}" : "with {}";
  phrase.after.push({ kind: "relation", en, object });
  return true;
}

/** "เสื้อรูปที่ 2": the one in that picture. */
function attachPicture(reader: TokenReader, phrase: NounPhrase): boolean {
  const object = parseHead(reader);
  if (object === null) return false;
  phrase.after.push({ kind: "relation", en: "from {}", object });
  return true;
}

function parseOwner(reader: TokenReader, phrase: NounPhrase): boolean {
  const start = reader.position;
  if (reader.takeMarker("of") === null) return false;
  reader.skipSpaces();
  const owner = parseOwners(reader, parseInner);
  if (owner === null) {
    reader.rewind(start);
    return false;
  }
  phrase.owner = owner;
  return true;
}

function parseAfter(reader: TokenReader, phrase: NounPhrase, place: NounPlace): boolean {
  // "เอากระเป๋าออกจากมือ": said of what is done, not of the bag.
  if (reader.phraseAt("relation", 0)?.th === "ออกจาก") return false;
  const isPersonal =
    phrase.head.kind === "noun" &&
    (phrase.head.noun.class === "person" || phrase.head.noun.class === "animal");
  const after = parsePhrasing(reader, {
    isDoing: place.isObject === true && (isPersonal || (canMove(phrase) && isActionNext(reader))),
    isHaving: place.isObject === true && place.isInner !== true && canHave(phrase),
    parseNoun: parseInner,
  });
  if (after === null) return false;
  phrase.after.push(after);
  return true;
}

function isActionNext(reader: TokenReader): boolean {
  return reader.phraseAt("action", 0)?.subjects.includes("pose") === true;
}

/** "… และแว่น", "…, แว่น": as long as what follows does not begin a clause. */
function parseCoordinates(reader: TokenReader, phrase: NounPhrase, place: NounPlace): void {
  for (;;) {
    const start = reader.position;
    reader.skipSpaces();
    const isComma = reader.peek()?.kind === "break";
    const token = reader.peek();
    const joins =
      reader.take("connector", (connector) => !connector.isClause) !== null ||
      (token?.kind === "break" && token.strength === "comma" && reader.skip() !== null);
    reader.skipSpaces();
    const next = joins
      ? parseNounPhrase(reader, { ...place, isInner: true, isListed: true })
      : null;
    if (next === null || beginsClause(reader, place) || (isComma && isTopic(reader))) {
      reader.rewind(start);
      return;
    }
    phrase.and.push(next);
  }
}

/** Whether what was just read is the beginning of a clause of its own. */
function beginsClause(reader: TokenReader, place: NounPlace): boolean {
  if (place.isTarget !== true) return false;
  const ahead = reader.spaces();
  return reader.isMarker("to", ahead) || isTopic(reader);
}

function isTopic(reader: TokenReader): boolean {
  const ahead = reader.spaces();
  return (
    reader.isMarker("same", ahead) ||
    reader.isMarker("to", ahead) ||
    reader.phraseAt("negation", ahead) !== null ||
    (reader.phraseAt("degree", ahead) !== null && ahead === 0)
  );
}
