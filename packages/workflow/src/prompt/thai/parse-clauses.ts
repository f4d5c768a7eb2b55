import { isFrontOf } from "./is-front-of.ts";
import { parseInner, parseNounPhrase } from "./parse-noun-phrase.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import { parseDegree, parseQuality } from "./parse-quality.ts";
import type { Frame, Verb } from "./phrase.ts";
import { emptyClause, emptyTarget, type Clause, type NounPhrase, type Target } from "./syntax.ts";
import type { Token } from "./token.ts";
import { TokenReader } from "./token-reader.ts";

/** Verbs the grammar supplies where Thai says none. */
const SUPPLIED = {
  change: supplied("change"),
  make: supplied("make"),
} as const;

function supplied(frame: Frame): Verb {
  return { kind: "verb", th: "", en: "", frame, fallback: "the picture", subjects: [] };
}

/** A row of tokens as clauses, one for each thing that is asked. */
export function parseClauses(tokens: readonly Token[]): Clause[] {
  const reader = new TokenReader(
    tokens.filter((token) => token.kind !== "phrase" || token.phrase.kind !== "filler"),
  );
  const clauses: Clause[] = [];
  while (reader.peek() !== null) {
    const start = reader.position;
    const clause = parseClause(reader);
    if (hasContent(clause)) clauses.push(clause);
    // What begins no clause (a comma, a lone particle) is passed over.
    if (reader.position === start) reader.skip();
  }
  return clauses;
}

function hasContent(clause: Clause): boolean {
  return (
    clause.idiom !== null ||
    clause.verb !== null ||
    clause.subject !== null ||
    clause.target !== null ||
    clause.qualities.length > 0 ||
    clause.after.length > 0 ||
    clause.isOut ||
    clause.isKept
  );
}

function parseClause(reader: TokenReader): Clause {
  const clause = emptyClause();
  while (reader.peek() !== null) {
    if (endsClause(reader, clause)) break;
    if (!readPart(reader, clause)) break;
  }
  return clause;
}

/** Whether the next token can no longer belong to the clause. */
function endsClause(reader: TokenReader, clause: Clause): boolean {
  const token = reader.peek();
  if (token?.kind === "phrase" && token.phrase.kind === "connector") return true;
  if (token?.kind !== "break") return false;
  if (token.strength === "hard") return true;
  if (token.strength === "comma") return hasContent(clause);
  reader.skipSpaces();
  return isComplete(clause) && startsAnew(reader);
}

function isComplete(clause: Clause): boolean {
  return clause.verb !== null
    ? clause.object !== null ||
        clause.subject !== null ||
        clause.target !== null ||
        clause.qualities.length > 0 ||
        clause.after.length > 0 ||
        clause.verb.kind === "action"
    : clause.qualities.length > 0 || clause.target !== null;
}

function startsAnew(reader: TokenReader): boolean {
  const token = reader.peek();
  return (
    token?.kind === "literal" ||
    token?.kind === "unknown" ||
    (token?.kind === "phrase" &&
      ["verb", "negation", "action", "noun", "adjective", "idiom"].includes(token.phrase.kind) &&
      !isFrontOf(reader) &&
      reader.phraseAt("verb", 0)?.frame !== "be-at")
  );
}

function readPart(reader: TokenReader, clause: Clause): boolean {
  const token = reader.peek();
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
      return readQuality(reader, clause);
    case "degree":
      clause.degree = parseDegree(reader) ?? clause.degree;
      return true;
    case "relation":
    case "adverb":
      return readAfter(reader, clause);
    case "idiom":
      if (hasContent(clause)) return false;
      reader.skip();
      clause.idiom = token.phrase;
      return false;
    case "noun":
    case "number":
    case "classifier":
      return isFrontOf(reader) ? readAfter(reader, clause) : readThing(reader, clause);
    case "shade":
    case "connector":
    case "filler":
      reader.skip();
      return true;
  }
}

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
  if (isOver && clause.qualities.length > 0) return false;
  const quality = parseQuality(reader);
  if (quality === null) {
    reader.skip();
    return true;
  }
  clause.qualities.push(quality);
  return true;
}
const TAKES_QUALITY: ReadonlySet<Frame> = new Set(["make", "change", "do", "turn"]);

function readAfter(reader: TokenReader, clause: Clause): boolean {
  const after = parsePhrasing(reader, { isDoing: false, parseNoun: parseInner });
  if (after === null) reader.skip();
  else clause.after.push(after);
  return true;
}

/** What the first verb may hand over to the next: "อยากเปลี่ยน", "เอาหมวกมาใส่", "ให้ผู้หญิงยืน". */
const LEADS_ON: ReadonlySet<Frame> = new Set(["want", "make"]);

function readVerb(reader: TokenReader, clause: Clause): boolean {
  const verb = reader.take("action") ?? reader.take("verb");
  if (verb === null) return false;
  if (verb.kind === "verb" && verb.frame === "be-at" && clause.verb !== null) return true;
  const current = clause.verb;
  if (current === null) {
    clause.verb = verb;
    return true;
  }
  const leads =
    current.kind === "verb" && LEADS_ON.has(current.frame) && clause.qualities.length === 0;
  const isSame =
    verb.kind === "verb" &&
    verb.frame === "make" &&
    current.kind === "verb" &&
    TAKES_QUALITY.has(current.frame);
  if (isSame) {
    clause.verb = current.frame === "do" ? current : verb;
    return true;
  }
  if (!leads) {
    reader.rewind(reader.position - 1);
    return false;
  }
  if (current.frame === "make" && clause.object !== null && clause.subject === null) {
    clause.subject = clause.object;
    clause.object = null;
  }
  clause.verb = verb;
  return true;
}

function readThing(reader: TokenReader, clause: Clause): boolean {
  const frame = clause.verb?.kind === "verb" ? clause.verb.frame : null;
  const isFull = clause.verb === null ? clause.subject !== null : clause.object !== null;
  if (isFull || clause.verb?.kind === "action") return false;
  const thing = parseNounPhrase(reader, { isObject: frame === "remove" || frame === "keep" });
  if (thing === null) {
    reader.skip();
    return true;
  }
  if (clause.verb === null) clause.subject = thing;
  else clause.object = thing;
  return true;
}

function readMarker(reader: TokenReader, clause: Clause): boolean {
  if (reader.isMarker("picture") || reader.isMarker("all") || reader.isMarker("several")) {
    const start = reader.position;
    if (readThing(reader, clause) && reader.position > start) return true;
    return false;
  }
  if (reader.isMarker("that")) return readAfter(reader, clause);
  if (reader.takeMarker("to") !== null) return readTarget(reader, clause);
  if (reader.takeMarker("give") !== null) return readGive(reader, clause);
  if (reader.takeMarker("with") !== null) {
    clause.with = parseNounPhrase(reader, { isTarget: true }) ?? clause.with;
    return true;
  }
  if (reader.takeMarker("instead") !== null) {
    clause.instead = parseNounPhrase(reader) ?? true;
    return true;
  }
  if (reader.takeMarker("go") !== null) return readGo(reader, clause);
  if (reader.takeMarker("out") !== null) clause.isOut = true;
  else if (reader.takeMarker("stay", "same") !== null) clause.isKept = true;
  else reader.skip();
  return true;
}

/** "เป็น": what it becomes. Without a verb the clause is a change. */
function readTarget(reader: TokenReader, clause: Clause): boolean {
  if (clause.target !== null) {
    reader.rewind(reader.position - 1);
    return false;
  }
  clause.verb ??= SUPPLIED.change;
  reader.skipSpaces();
  const target: Target = emptyTarget();
  for (;;) {
    const quality = parseQuality(reader);
    if (quality === null) break;
    target.qualities.push(quality);
  }
  target.noun = target.qualities.length > 0 ? null : parseNounPhrase(reader, { isTarget: true });
  while (target.noun === null) {
    const after = parsePhrasing(reader, { isDoing: false, parseNoun: parseInner });
    if (after === null) break;
    target.after.push(after);
  }
  clause.target = target;
  return true;
}

/** "ให้": makes somebody do or be something, or is for somebody. */
function readGive(reader: TokenReader, clause: Clause): boolean {
  reader.skipSpaces();
  if (clause.verb === null) {
    clause.verb = SUPPLIED.make;
    return true;
  }
  const recipient: NounPhrase | null =
    clause.verb.kind === "verb" && clause.object !== null ? parseNounPhrase(reader) : null;
  if (recipient !== null) clause.recipient = recipient;
  return true;
}

/** "ไปทะเล": a place to go to. */
function readGo(reader: TokenReader, clause: Clause): boolean {
  const next = reader.phraseAt("noun", 0);
  const isPlace = next !== null && ["place", "region", "scene"].includes(next.class);
  if (!isPlace || clause.after.length > 0) return true;
  const object = parseNounPhrase(reader);
  if (object !== null) clause.after.push({ kind: "relation", en: "at {}", object });
  return true;
}
