import { bareNounPhrase } from "./parse-head.ts";
import { parseQuality } from "./parse-quality.ts";
import type { Adjective, NounClass } from "./phrase.ts";
import { quoteLiteral } from "./quote-literal.ts";
import type { NounPhrase } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** "ข้อความ "SALE"": the text itself follows the word for it. */
export function parseLiteral(reader: TokenReader, phrase: NounPhrase): boolean {
  if (phrase.head.kind !== "noun") return false;
  if (phrase.head.noun.class !== "text") return false;
  const spaces = reader.spaces();
  const literal = reader.peek(spaces);
  if (literal?.kind !== "literal" || phrase.after.length > 0) return false;
  reader.skipSpaces();
  reader.skip();
  phrase.after.push({ kind: "plain", en: quoteLiteral(literal.text) });
  return true;
}

/** "ป้ายเขียนว่า "ส่งฟรี"": what is written on it. */
export function parseWriting(reader: TokenReader, phrase: NounPhrase): boolean {
  if (phrase.head.kind !== "noun") return false;
  const start = reader.position;
  reader.takeMarker("that");
  const verb = reader.take("verb", ({ frame, th }) => frame === "write" && th.endsWith("ว่า"));
  reader.skipSpaces();
  const literal = reader.peek();
  if (verb === null || literal?.kind !== "literal") {
    reader.rewind(start);
    return false;
  }
  reader.skip();
  phrase.after.push({ kind: "plain", en: `that says ${quoteLiteral(literal.text)}` });
  return true;
}

/** A quality of the noun: "สีแดง", "สวย", "ที่ขาด". */
export function parseQualityOf(reader: TokenReader, phrase: NounPhrase, isNear = false): boolean {
  const start = reader.position;
  const hadSpace = reader.spaces() > 0;
  reader.skipSpaces();
  if (reader.isMarker("that") && reader.phraseAt("adjective", 1) !== null) reader.skip();
  const quality = parseQuality(reader);
  // Over a space only a colour still belongs to the noun.
  if (quality === null || (hadSpace && (isNear || !reaches(phrase, quality.adjective)))) {
    reader.rewind(start);
    return false;
  }
  phrase.qualities.push(quality);
  return true;
}

const UNCOUNTED = new Set<NounClass>(["scene", "place", "region", "background", "light"]);

function isWritten(head: NounPhrase["head"]): boolean {
  return head.kind === "literal" || (head.kind === "noun" && head.noun.class === "text");
}

/** A colour reaches over a space; of a quoted text so does its size. */
function reaches({ head }: NounPhrase, { order }: Adjective): boolean {
  return order === "color" || (isWritten(head) && order === "size");
}

/** "2 ตัว", "หลายคน", "ทั้งหมด". */
export function parseQuantity(reader: TokenReader, phrase: NounPhrase): boolean {
  const start = reader.position;
  // "นกบนฟ้า 3 ตัว": not the sky is counted.
  const isSurroundings =
    phrase.head.kind === "noun" && UNCOUNTED.has(phrase.head.noun.class) && reader.spaces() > 0;
  if (isSurroundings) return false;
  const isAnother = reader.take("degree", (degree) => degree.th === "อีก") !== null;
  if (isAnother && takeClassifier(reader)) return true;
  reader.skipSpaces();
  const isPerson = phrase.head.kind === "noun" && phrase.head.noun.th === "คน";
  if (isPerson && reader.take("noun", ({ th }) => th === "ทุกคน") !== null) {
    phrase.quantity = { kind: "all" };
    return true;
  }
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
export function parseDeterminer(reader: TokenReader, phrase: NounPhrase): boolean {
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

/** "ลายแมว" on something, English words behind it ("เสื้อ oversize"), and a time ("ตอนกลางคืน"). */
export function parsePlain(reader: TokenReader, phrase: NounPhrase): boolean {
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
