import { isFrontOf } from "./is-front-of.ts";
import type { Verb } from "./phrase.ts";
import type { Clause, NounPhrase } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Whether a clause says anything at all. */
export function hasContent(clause: Clause): boolean {
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

/** Whether the next token can no longer belong to the clause. */
export function endsClause(reader: TokenReader, clause: Clause): boolean {
  const token = reader.peek();
  if (token?.kind === "phrase" && token.phrase.kind === "connector") {
    return !(clause.verb?.kind === "action" && isTogether(reader));
  }
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
  if (isStillMaking(reader, clause) || isToldOfObject(reader, clause)) return false;
  if (clause.isOut && givesAnew(reader)) return true;
  return (isComplete(clause) && startsAnew(reader)) || isDescribed(reader, clause);
}

/** Whether a clause says what it is about, so that something new may follow. */
export function isComplete(clause: Clause): boolean {
  return clause.verb !== null
    ? clause.object !== null ||
        clause.subject !== null ||
        clause.target !== null ||
        clause.qualities.length > 0 ||
        clause.after.length > 0 ||
        clause.verb.kind === "action"
    : clause.qualities.length > 0 || clause.target !== null || clause.idiom !== null;
}

/** "ลบมือออก ให้ขวดตั้งบนโต๊ะ": "ให้" that makes something do something. */
function givesAnew(reader: TokenReader): boolean {
  return (
    reader.isMarker("give") &&
    [2, 3].some((at) => reader.phraseAt("verb", at) ?? reader.phraseAt("action", at))
  );
}

/** "หิมะตก ใส่หมวก": what puts nothing on by itself. */
function isScenery({ head }: NounPhrase): boolean {
  return head.kind === "noun" && !["person", "animal", "body", "hair"].includes(head.noun.class);
}

/** "make it สวย": how it should be may stand apart. */
function isStillMaking(reader: TokenReader, { verb, object, qualities }: Clause): boolean {
  const isMake = verb?.kind === "verb" && verb.frame === "make";
  const isUnsaid = object !== null && object.qualities.length === 0 && qualities.length === 0;
  const isNext = reader.phraseAt("adjective", 0) !== null || reader.phraseAt("action", 0) !== null;
  const frame = reader.phraseAt("verb", 0)?.frame;
  const isSomebody =
    object?.head.kind === "noun" && ["person", "animal"].includes(object.head.noun.class);
  const isGoingOn = isSomebody
    ? frame === "hold" || frame === "wear"
    : frame === "do" && object?.head.kind === "noun" && object.head.noun.class === "background";
  return isMake && isUnsaid && (isNext || isGoingOn);
}

/** "ใส่เสื้อให้น้องหมา สีเหลือง ลายจุด": the colour is that of what is put on. */
function isToldOfObject(reader: TokenReader, { verb, object, target }: Clause): boolean {
  const frame = verb?.kind === "verb" ? verb.frame : null;
  const next = reader.phraseAt("adjective", 0)?.order ?? "";
  return (
    (frame === "add" || frame === "wear" || frame === "hold" || frame === "want") &&
    object !== null &&
    target === null &&
    ["color", "pattern", "material"].includes(next) &&
    reader.phraseAt("adjective", 0)?.th !== "ฟ้า"
  );
}

/** "ยืนกับแม่": with whom it is done. */
export function isTogether(reader: TokenReader): boolean {
  const next = reader.phraseAt("noun", 1);
  return (
    reader.phraseAt("connector", 0)?.th === "กับ" &&
    next !== null &&
    ["person", "animal"].includes(next.class)
  );
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
  const denied = reader.phraseAt("negation", 0) === null ? null : reader.phraseAt("verb", 1);
  if (denied !== null) return ["add", "wear", "hold", "want"].includes(denied.frame);
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
