import { hasContent, isComplete, isTogether } from "./clause-end.ts";
import { isFrontOf } from "./is-front-of.ts";
import { parseInner } from "./parse-noun-phrase.ts";
import { parseDegree, parseQuality } from "./parse-quality.ts";
import { readMarker } from "./read-marker.ts";
import { readAfter, readThing } from "./read-thing.ts";
import { TAKES_QUALITY, readVerb } from "./read-verb.ts";
import type { AdjectiveOrder } from "./phrase.ts";
import type { Clause } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";
import type { Token } from "./token.ts";

/** Reads the next part of a clause into it; false when it belongs to the next clause. */
export function readPart(reader: TokenReader, clause: Clause): boolean {
  const token = reader.peek();
  if (clause.idiom !== null && !goesOn(token)) return false;
  const behind = reader.isSpace(1) ? 2 : 1;
  if (token?.kind === "number" && reader.phraseAt("classifier", behind)?.th === "ปี") {
    for (let count = 0; count <= behind; count += 1) reader.skip();
    clause.amount = `${token.th} years`;
    return true;
  }
  if (token?.kind === "number" && countsObject(reader, clause, token.value)) return true;
  if (token?.kind === "number" && token.th.includes("%")) {
    reader.skip();
    clause.amount = token.th.replace(" ", "");
    return true;
  }
  if (token?.kind !== "phrase") return readThing(reader, clause);
  switch (token.phrase.kind) {
    case "negation":
      return readNegation(reader, clause);
    case "verb":
    case "action":
      return readVerb(reader, clause);
    case "marker":
      return readMarker(reader, clause);
    case "adjective":
      return token.phrase.th === "ฟ้า" ? readThing(reader, clause) : readQuality(reader, clause);
    case "degree":
      clause.degree = parseDegree(reader) ?? clause.degree;
      return true;
    case "relation":
      // "เอากระเป๋าออกจากมือ"
      if (token.phrase.th === "ออกจาก") clause.isOut = true;
      return readAfter(reader, clause);
    case "adverb":
      return readAfter(reader, clause);
    case "idiom":
      if (hasContent(clause)) return false;
      reader.skip();
      clause.idiom = token.phrase;
      return true;
    case "noun":
    case "number":
    case "classifier":
      return isFrontOf(reader) ? readAfter(reader, clause) : readThing(reader, clause);
    case "connector":
      return readTogether(reader, clause);
    case "shade":
    case "filler":
      reader.skip();
      return true;
  }
}

/** "ลบคนทางขวาออก 2 คน": how many of what was named. */
function countsObject(reader: TokenReader, { object }: Clause, value: number): boolean {
  const at = reader.isSpace(1) ? 2 : 1;
  const isUnit =
    reader.phraseAt("classifier", at) !== null || reader.phraseAt("noun", at)?.th === "คน";
  if (!isUnit || object === null || object.quantity !== null) return false;
  for (let count = 0; count <= at; count += 1) reader.skip();
  object.quantity = { kind: "count", value };
  return true;
}

/** "ยืนกับแม่": who else takes part; any other connector is passed over. */
function readTogether(reader: TokenReader, clause: Clause): boolean {
  const isShared = clause.verb?.kind === "action" && isTogether(reader);
  reader.skip();
  const object = isShared ? parseInner(reader) : null;
  if (object !== null) clause.after.push({ kind: "relation", en: "together with {}", object });
  return true;
}

/** Behind a set phrase only how and where may follow. */
function goesOn(token: Token | null): boolean {
  if (token?.kind === "break") return true;
  if (token?.kind !== "phrase") return false;
  const { phrase } = token;
  return (
    ["relation", "adverb", "degree"].includes(phrase.kind) ||
    (phrase.kind === "marker" && ["out", "stay", "go", "repeat"].includes(phrase.role))
  );
}

const SURFACE = new Set<AdjectiveOrder>(["color", "pattern", "material"]);

function readNegation(reader: TokenReader, clause: Clause): boolean {
  const next = reader.phraseAt("adjective", 1) ?? reader.phraseAt("degree", 1);
  if (next !== null && clause.verb?.kind !== "action" && !isComplete(clause)) {
    return readQuality(reader, clause);
  }
  if (clause.verb !== null || clause.isNegated) return false;
  const negation = reader.take("negation");
  clause.isNegated = true;
  clause.isForbidden = negation?.isRequest ?? false;
  return true;
}

function readQuality(reader: TokenReader, clause: Clause): boolean {
  const frame = clause.verb?.kind === "verb" ? clause.verb.frame : null;
  // "เพิ่มดอกไม้ สวยๆ": after a finished clause it says how the whole should look.
  const isOver = frame !== null && isComplete(clause) && !TAKES_QUALITY.has(frame);
  const isSurfaceNext = SURFACE.has(reader.phraseAt("adjective", 0)?.order ?? "opinion");
  if (isOver && clause.qualities.length > 0 && !isSurfaceNext) return false;
  const quality = parseQuality(reader);
  if (quality === null) {
    reader.skip();
    return true;
  }
  clause.qualities.push(quality);
  return true;
}
