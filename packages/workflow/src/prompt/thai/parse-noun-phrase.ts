import { quoteLiteral } from "./quote-literal.ts";
import type { Noun } from "./phrase.ts";
import { isFrontOf } from "./is-front-of.ts";
import { bareNounPhrase, parseHead } from "./parse-head.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import { parseQuality } from "./parse-quality.ts";
import type { NounPhrase } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Where a noun phrase stands, which decides what may follow it. */
export interface NounPlace {
  /** What something becomes: "… และกางเกงเป็นสีดำ" then begins a clause of its own. */
  isTarget?: boolean;
  /** A person named as the object may be told apart by what he does: "ลบคนใส่เสื้อแดง". */
  isObject?: boolean;
  /** Inside another noun phrase nothing more is listed: "และ" goes on with the outer one. */
  isInner?: boolean;
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
    parseQualityOf(reader, phrase) ||
    parseNounBehind(reader, phrase) ||
    parseQuantity(reader, phrase) ||
    parseDeterminer(reader, phrase) ||
    parseOwner(reader, phrase) ||
    parsePlain(reader, phrase) ||
    parseAfter(reader, phrase, place)
  );
}

/** "ข้อความ "SALE"": the text itself follows the word for it. */
function parseLiteral(reader: TokenReader, phrase: NounPhrase): boolean {
  if (phrase.head.kind !== "noun" || phrase.head.noun.class !== "text") return false;
  const spaces = reader.spaces();
  const literal = reader.peek(spaces);
  if (literal?.kind !== "literal" || phrase.after.length > 0) return false;
  reader.skipSpaces();
  reader.skip();
  phrase.after.push({ kind: "plain", en: quoteLiteral(literal.text) });
  return true;
}

function parseQualityOf(reader: TokenReader, phrase: NounPhrase): boolean {
  const start = reader.position;
  const hadSpace = reader.spaces() > 0;
  reader.skipSpaces();
  if (reader.isMarker("that") && reader.phraseAt("adjective", 1) !== null) reader.skip();
  const quality = parseQuality(reader);
  // Over a space only a colour still belongs to the noun.
  if (quality === null || (hadSpace && quality.adjective.order !== "color")) {
    reader.rewind(start);
    return false;
  }
  phrase.qualities.push(quality);
  return true;
}

const OWNED = new Set<Noun["class"]>([
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
  if (OWNED.has(head.class) && isPersonal) {
    phrase.owner = parseInner(reader);
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
  const compound = parseHead(reader);
  if (compound !== null) phrase.compounds.push(compound);
  return true;
}

function isColorOf(reader: TokenReader, { head, compounds }: NounPhrase): boolean {
  const isColor = head.kind === "noun" && head.noun.th === "สี" && compounds.length === 0;
  return isColor && reader.spaces() === 1 && reader.phraseAt("noun", 1) !== null;
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

function parseQuantity(reader: TokenReader, phrase: NounPhrase): boolean {
  const start = reader.position;
  reader.take("degree", (degree) => degree.th === "อีก");
  reader.skipSpaces();
  if (reader.takeMarker("all") !== null) {
    if (reader.phraseAt("classifier", 0) !== null) reader.skip();
    phrase.quantity = { kind: "all" };
    return true;
  }
  if (reader.takeMarker("several") !== null) {
    if (takeClassifier(reader)) {
      phrase.quantity = { kind: "several" };
      return true;
    }
  } else {
    const number = reader.peek();
    const value =
      number?.kind === "number" && !number.th.includes("%")
        ? number.value
        : reader.phraseAt("number", 0)?.value;
    if (value !== undefined) {
      reader.skip();
      reader.skipSpaces();
      if (takeClassifier(reader)) {
        phrase.quantity = { kind: "count", value };
        return true;
      }
    }
  }
  reader.rewind(start);
  return false;
}

/** People and pictures are counted by the word for them. */
function takeClassifier(reader: TokenReader): boolean {
  return (
    reader.take("classifier", (classifier) => classifier.th !== "ปี") !== null ||
    reader.take("noun", (noun) => /^(?:คน|รูป|ภาพ)$/.test(noun.th)) !== null
  );
}

/** "ตัวนี้", "คนอื่น", and a classifier that only leads on to what tells which one: "ตัวซ้าย". */
function parseDeterminer(reader: TokenReader, phrase: NounPhrase): boolean {
  const isCounted =
    reader.phraseAt("classifier", 0) !== null || reader.phraseAt("noun", 0)?.th === "คน";
  const at = isCounted ? 1 : 0;
  const role = reader.isMarker("this", at) ? "this" : reader.isMarker("other", at) ? "other" : null;
  const leadsOn =
    isCounted &&
    (reader.phraseAt("relation", 1) !== null ||
      reader.phraseAt("adjective", 1) !== null ||
      reader.isMarker("that", 1));
  if (role === null && !leadsOn) return false;
  for (let count = 0; count < at + (role === null ? 0 : 1); count += 1) reader.skip();
  if (role !== null) phrase.determiner = role;
  return true;
}

function parseOwner(reader: TokenReader, phrase: NounPhrase): boolean {
  const start = reader.position;
  if (reader.takeMarker("of") === null) return false;
  reader.skipSpaces();
  const owner = parseInner(reader);
  const isPair =
    owner?.head.kind === "noun" &&
    owner.head.noun.class === "person" &&
    reader.phraseAt("noun", 1)?.class === "person";
  if (isPair && reader.take("connector", ({ isClause }) => !isClause) !== null) {
    const other = parseInner(reader);
    if (other !== null) owner.and.push(other);
  }
  if (owner === null) {
    reader.rewind(start);
    return false;
  }
  phrase.owner = owner;
  return true;
}

/** "ลายแมว" on something, English words behind it ("เสื้อ oversize"), and a time ("ตอนกลางคืน"). */
function parsePlain(reader: TokenReader, phrase: NounPhrase): boolean {
  if (reader.isMarker("pattern") && reader.phraseAt("noun", 1) !== null) {
    reader.skip();
    const noun = reader.take("noun");
    if (noun !== null) phrase.after.push({ kind: "plain", en: `with a ${noun.modifier} pattern` });
    return true;
  }
  const start = reader.position;
  reader.skipSpaces();
  const token = reader.peek();
  if (token?.kind === "latin" && phrase.head.kind === "noun" && phrase.after.length === 0) {
    reader.skip();
    phrase.compounds.push(bareNounPhrase({ kind: "latin", text: token.th }));
    return true;
  }
  reader.rewind(start);
  return reader.takeMarker("repeat") !== null;
}

function parseAfter(reader: TokenReader, phrase: NounPhrase, place: NounPlace): boolean {
  const isPersonal =
    phrase.head.kind === "noun" &&
    (phrase.head.noun.class === "person" || phrase.head.noun.class === "animal");
  const after = parsePhrasing(reader, {
    isDoing: place.isObject === true && isPersonal,
    parseNoun: parseInner,
  });
  if (after === null) return false;
  phrase.after.push(after);
  return true;
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
    const next = joins ? parseNounPhrase(reader, { ...place, isInner: true }) : null;
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
