import type { Clause, NounPhrase, Phrasing } from "./syntax.ts";
import { emptyClause } from "./syntax.ts";
import { indefinite } from "./english-words.ts";
import { isFrontOf } from "./is-front-of.ts";
import { parseQuality } from "./parse-quality.ts";
import type { TokenReader } from "./token-reader.ts";

/** How a phrasing is read. */
export interface PhrasingRules {
  /** What it does may follow without "ที่". */
  isDoing: boolean;
  /** What it has may follow without "ที่": "ปลอกคอมีกระดิ่ง". */
  isHaving?: boolean;
  /** Reads the noun a preposition leads to; of a pair ("between") both. */
  parseNoun: (reader: TokenReader, isPair?: boolean) => NounPhrase | null;
}

/**
 * Reads where or when something is, or what tells it apart ("ที่ยืนข้างหลัง"); `null` when nothing
 * of the kind comes next.
 */
export function parsePhrasing(reader: TokenReader, rules: PhrasingRules): Phrasing | null {
  const start = reader.position;
  reader.skipSpaces();
  const found = parseAdverb(reader) ?? parseRelation(reader, rules) ?? parseDoing(reader, rules);
  if (found === null) reader.rewind(start);
  return found;
}

function parseAdverb(reader: TokenReader): Phrasing | null {
  const adverb = reader.take("adverb");
  return adverb === null ? null : { kind: "manner", en: adverb.en };
}

function parseRelation(reader: TokenReader, rules: PhrasingRules): Phrasing | null {
  const start = reader.position;
  reader.take("verb", (verb) => verb.frame === "be-at");
  if (isFrontOf(reader)) {
    reader.skip();
    const object = rules.parseNoun(reader);
    return object === null ? null : { kind: "relation", en: "in front of {}", object };
  }
  const relation = reader.take("relation");
  if (relation !== null) {
    if (relation.alone === "" || isGoingOn(reader, relation.th)) reader.skipSpaces();
    const manner = /^(?:in|with) a \{\}/.test(relation.en) ? parseQuality(reader) : null;
    if (manner !== null) {
      const { en } = manner.adjective;
      const sharp = /^high-(resolution|definition)$/.exec(en);
      if (sharp !== null) return { kind: "manner", en: `in high ${sharp[1] ?? ""}` };
      return { kind: "manner", en: relation.en.replace("a {}", () => `${indefinite(en)} ${en}`) };
    }
    reader.takeMarker("of");
    const isEverybody = relation.alone !== "" && reader.phraseAt("noun", 0)?.th === "ทุกคน";
    const object =
      relation.en === "" || isEverybody
        ? null
        : rules.parseNoun(reader, relation.en === "between {}");
    if (object !== null) return { kind: "relation", en: relation.en, object };
    const number = reader.peek();
    if (relation.en === "from {}" && number?.kind === "number") {
      reader.skip();
      return { kind: "plain", en: `from ${number.th}` };
    }
    if (relation.alone !== "") return { kind: "plain", en: relation.alone };
  } else if (reader.takeMarker("that") !== null) {
    // "กล่องที่วางบนพื้น"
    if (reader.phraseAt("relation", 1) !== null) reader.take("verb", ({ th }) => LIES.has(th));
    const inner = reader.phraseAt("relation", 0) === null ? null : parseRelation(reader, rules);
    if (inner !== null) return inner;
    const isPlace =
      reader.phraseAt("noun", 0) !== null ||
      reader.peek()?.kind === "latin" ||
      reader.isMarker("picture");
    const object = isPlace ? rules.parseNoun(reader) : null;
    if (object !== null) return { kind: "relation", en: "at {}", object };
  }
  reader.rewind(start);
  return null;
}

const LIES = new Set(["วาง", "ตั้ง", "แขวน", "ติด", "แปะ"]);

/** "ข้างๆ คนในรูปแรก": "ๆ" has a space behind it even where the phrase goes on. */
function isGoingOn(reader: TokenReader, th: string): boolean {
  const next = reader.spaces() === 1 ? reader.phraseAt("noun", 1) : null;
  return (
    th.endsWith("ๆ") &&
    next !== null &&
    ["person", "animal", "product", "furniture"].includes(next.class)
  );
}

/** "ที่ยืนข้างหลัง", "ที่ใส่เสื้อแดง", "ที่มีดอกไม้", "ที่อยู่ทางซ้าย". */
function parseDoing(reader: TokenReader, rules: PhrasingRules): Phrasing | null {
  const start = reader.position;
  const isHaving = rules.isHaving === true && !reader.wasSpace(0) && nextIs(reader, "มี");
  if (reader.takeMarker("that") !== null || rules.isDoing || isHaving) {
    const clause: Clause = emptyClause();
    const action = reader.take("action");
    const verb =
      action ??
      reader.take(
        "verb",
        ({ frame, th }) => frame === "wear" || frame === "hold" || th === "ใส่" || th === "มี",
      );
    if (verb !== null) {
      clause.verb = verb;
      clause.object = verb.kind === "verb" ? rules.parseNoun(reader) : null;
      for (;;) {
        const after = parsePhrasing(reader, { ...rules, isDoing: false, isHaving: false });
        if (after === null) break;
        clause.after.push(after);
      }
      if (verb.kind === "action" || clause.object !== null) return { kind: "doing", clause };
    }
  }
  reader.rewind(start);
  return null;
}

function nextIs(reader: TokenReader, th: string): boolean {
  return reader.phraseAt("verb", 0)?.th === th;
}
