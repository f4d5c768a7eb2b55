import { isFrontOf } from "./is-front-of.ts";
import { parseInner, parseNounPhrase } from "./parse-noun-phrase.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import { parseDegree, parseQuality } from "./parse-quality.ts";
import type { Frame, Verb } from "./phrase.ts";
import {
  emptyClause,
  emptyTarget,
  type Action,
  type Clause,
  type NounPhrase,
  type Target,
} from "./syntax.ts";
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
  let isJoined = false;
  while (reader.peek() !== null) {
    const start = reader.position;
    const clause = parseClause(reader);
    if (hasContent(clause)) clauses.push(inherit(clause, clauses.at(-1), isJoined));
    isJoined = reader.phraseAt("connector", reader.spaces()) !== null;
    // What begins no clause (a comma, a lone particle) is passed over.
    if (reader.position === start) {
      isJoined = reader.phraseAt("connector", 0) !== null || (isJoined && reader.isSpace(0));
      reader.skip();
    }
  }
  return clauses;
}

/** "ผมยาวขึ้นและเป็นลอน": what is only described is what was spoken of before. */
function inherit(clause: Clause, before: Clause | undefined, isJoined: boolean): Clause {
  const thing = before?.object ?? before?.subject ?? null;
  const isOpen = clause.subject === null && clause.object === null && clause.recipient === null;
  if (thing === null || !isOpen || !leavesOpen(clause, before, isJoined)) return clause;
  return { ...clause, object: { ...thing, qualities: [], and: [], determiner: "same" } };
}

/** Whether a clause speaks of something it does not name. */
function leavesOpen(clause: Clause, before: Clause | undefined, isJoined: boolean): boolean {
  const { verb, target, qualities } = clause;
  const frame = verb?.kind === "verb" ? verb.frame : null;
  if (frame === "place") return clause.after.length > 0 && clause.with === null;
  const isSaid = qualities.length > 0 || (target !== null && target.noun === null);
  if (!isSaid) return false;
  if (isJoined) return verb === null || verb.th === "" || frame === "change";
  return verb === null && before?.verb?.kind === "verb" && before.verb.frame === "make";
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
  if (reader.phraseAt("connector", 0) !== null) return true;
  if (
    clause.verb?.kind === "verb" &&
    clause.verb.frame === "want" &&
    clause.object !== null &&
    bringsOn(reader, clause.verb)
  )
    return false;
  if (isStillMaking(reader, clause)) return false;
  return (isComplete(clause) && startsAnew(reader)) || isDescribed(reader, clause);
}

function isComplete(clause: Clause): boolean {
  return clause.verb !== null
    ? clause.object !== null ||
        clause.subject !== null ||
        clause.target !== null ||
        clause.qualities.length > 0 ||
        clause.after.length > 0 ||
        clause.verb.kind === "action"
    : clause.qualities.length > 0 || clause.target !== null || clause.idiom !== null;
}

/** "หิมะตก ใส่หมวก": what puts nothing on by itself. */
function isScenery({ head }: NounPhrase): boolean {
  return head.kind === "noun" && !["person", "animal", "body", "hair"].includes(head.noun.class);
}

/** "make it สวย": how it should be may stand apart. */
function isStillMaking(reader: TokenReader, { verb, object, qualities }: Clause): boolean {
  const isMake = verb?.kind === "verb" && verb.frame === "make";
  const isUnsaid = object !== null && object.qualities.length === 0 && qualities.length === 0;
  return isMake && isUnsaid && reader.phraseAt("adjective", 0) !== null;
}

/** "เอาหน้าจากรูปที่ 2 มาใส่ …" */
function bringsOn(reader: TokenReader, verb: Verb): boolean {
  const next = reader.phraseAt("verb", 0)?.th ?? "";
  return (
    /^(?:มา|ไป)/.test(next) ||
    (/^(?:เอา|นำ|หยิบ)$/.test(verb.th) && /^(?:ใส่|สวม|วาง|ติด)$/.test(next))
  );
}

/** "พื้นหลังสีฟ้า ใส่สูท": the first is said already, unless the verb changes it. */
function isDescribed(reader: TokenReader, { verb, subject }: Clause): boolean {
  if (verb !== null || subject === null) return false;
  const next = reader.phraseAt("verb", 0) ?? reader.phraseAt("action", 0);
  if (
    isScenery(subject) &&
    next?.kind === "verb" &&
    ["add", "wear", "hold", "write"].includes(next.frame)
  )
    return true;
  if (subject.qualities.length + subject.compounds.length === 0) return false;
  if (next === null) return reader.phraseAt("idiom", 0) !== null;
  const isPerson =
    subject.head.kind === "noun" && ["person", "animal"].includes(subject.head.noun.class);
  const isRoom =
    subject.head.kind === "noun" && ["place", "furniture"].includes(subject.head.noun.class);
  if (isRoom && next.kind === "verb" && next.frame === "do") return false;
  const isSaid = subject.qualities.some(({ degree }) => degree !== null);
  return (
    isSaid ||
    (!isPerson &&
      (next.kind === "action" ||
        !["change", "remove", "keep", "turn", "replace"].includes(next.frame)))
  );
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
  if (clause.idiom !== null && !goesOn(token)) return false;
  if (token?.kind === "number" && reader.phraseAt("classifier", 1)?.th === "ปี") {
    reader.skip();
    reader.skip();
    clause.amount = `${token.th} years`;
    return true;
  }
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
      return true;
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
  if (attachToTarget(reader, clause, verb)) return true;
  const current = clause.verb;
  if (
    current === null &&
    verb.kind === "verb" &&
    verb.frame === "turn" &&
    verb.th.endsWith("เป็น")
  ) {
    clause.verb = verb;
    return readTarget(reader, clause);
  }
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
  clause.isCarried = current.kind === "verb" && current.frame === "want" && clause.object !== null;
  clause.verb = verb;
  return true;
}

/** "เป็นบ๊อบมีหน้าม้า", "เป็นฟิกเกอร์ตั้งบนโต๊ะ": more of what it becomes. */
function attachToTarget(reader: TokenReader, clause: Clause, verb: Verb | Action): boolean {
  const target = clause.target?.noun ?? null;
  if (target === null || verb.kind === "action") return false;
  if (verb.frame === "place" && reader.phraseAt("relation", 0) !== null) return true;
  if (verb.th !== "มี" || reader.wasSpace(1)) return false;
  const object = parseNounPhrase(reader, { isTarget: true });
  if (object === null) return false;
  target.after.push({ kind: "relation", en: "with {}", object });
  return true;
}

function readThing(reader: TokenReader, clause: Clause): boolean {
  const frame = clause.verb?.kind === "verb" ? clause.verb.frame : null;
  const isFull = clause.verb === null ? clause.subject !== null : clause.object !== null;
  if (isFull && clause.isCarried && clause.recipient === null && frame !== null) {
    clause.recipient = parseNounPhrase(reader);
    return true;
  }
  if (isFull || clause.verb?.kind === "action") return false;
  const isObject =
    frame === "remove" ||
    frame === "keep" ||
    frame === "add" ||
    (frame === "want" && reader.hasMarkerAhead("out"));
  const thing = parseNounPhrase(reader, { isObject });
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
