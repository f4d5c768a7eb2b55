import { parseInner, parseNounPhrase } from "./parse-noun-phrase.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import type { Clause } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Reads where or how; what leads nowhere is passed over. */
export function readAfter(reader: TokenReader, clause: Clause): boolean {
  const after = parsePhrasing(reader, { isDoing: false, parseNoun: parseInner });
  if (after === null) reader.skip();
  else clause.after.push(after);
  return true;
}

/** Reads what the clause is about; false when it has that already. */
export function readThing(reader: TokenReader, clause: Clause): boolean {
  const frame = clause.verb?.kind === "verb" ? clause.verb.frame : null;
  const isFull = clause.verb === null ? clause.subject !== null : clause.object !== null;
  if (isFull && clause.isCarried && clause.recipient === null && frame !== null) {
    clause.recipient = parseNounPhrase(reader);
    if (clause.recipient === null) reader.skip();
    return true;
  }
  if (isFull) return false;
  if (clause.verb?.kind === "action") return readPatient(reader, clause);
  const isObject =
    frame === "remove" ||
    frame === "keep" ||
    frame === "add" ||
    (frame === "want" && (isThere(clause) || reader.hasMarkerAhead("out")));
  const thing = parseNounPhrase(reader, { isObject });
  if (thing === null) {
    reader.skip();
    return true;
  }
  if (clause.verb === null) clause.subject = thing;
  else clause.object = thing;
  return true;
}

/** "มีรถจอดข้างหลัง": something that is to be there, and what it does. */
function isThere({ verb }: Clause): boolean {
  return verb?.th.endsWith("มี") === true;
}

/** Actions done to somebody or something: "กอดผู้หญิง". */
const TRANSITIVE = new Set([
  "hug",
  "ride",
  "eat",
  "drink",
  "drive",
  "kiss",
  "kiss the cheek of",
  "pet",
]);

function readPatient(reader: TokenReader, clause: Clause): boolean {
  const isDone = clause.verb?.kind === "action" && TRANSITIVE.has(clause.verb.en);
  const object = isDone && !reader.wasSpace(0) ? parseNounPhrase(reader, { isTarget: true }) : null;
  clause.object = object;
  return object !== null;
}
