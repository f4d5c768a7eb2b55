import { bareNounPhrase } from "./parse-head.ts";
import { parseInner, parseNounPhrase } from "./parse-noun-phrase.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import { parseQuality } from "./parse-quality.ts";
import type { Frame, Verb } from "./phrase.ts";
import { readAfter, readThing } from "./read-thing.ts";
import { type Clause, type NounPhrase, type Target, emptyTarget } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Verbs the grammar supplies where Thai says none. */
const SUPPLIED = {
  change: supplied("change"),
  make: supplied("make"),
} as const;

function supplied(frame: Frame): Verb {
  return { kind: "verb", th: "", en: "", frame, fallback: "the picture", subjects: [] };
}

/** Reads a small word and what it leads to; false when that begins a clause. */
export function readMarker(reader: TokenReader, clause: Clause): boolean {
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
export function readTarget(reader: TokenReader, clause: Clause): boolean {
  if (clause.target !== null) {
    reader.rewind(reader.position - 1);
    return false;
  }
  clause.verb ??= SUPPLIED.change;
  reader.skipSpaces();
  if (readPose(reader, clause) || readCount(reader, clause)) return true;
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

/** "เปลี่ยนท่าเป็นยืนกอดอก": what somebody does instead. */
function readPose(reader: TokenReader, clause: Clause): boolean {
  const thing = clause.object ?? clause.subject;
  const isPose = thing === null || (thing.head.kind === "noun" && POSES.has(thing.head.noun.en));
  const action = isPose ? reader.take("action") : null;
  if (action === null) return false;
  clause.verb = action;
  clause.subject = thing?.owner ?? null;
  clause.object = null;
  return true;
}

const POSES = new Set(["pose", "facial expression", "face"]);

/** "เพิ่มสินค้าเป็น 3 ชิ้น": how many there should be; "แก้ราคาเป็น 99": a number to be read. */
function readCount(reader: TokenReader, clause: Clause): boolean {
  const number = reader.peek();
  if (number?.kind !== "number") return false;
  const ahead = reader.isSpace(1) ? 2 : 1;
  const isCounted = reader.phraseAt("classifier", ahead) !== null;
  if (!isCounted && reader.phraseAt("noun", ahead) !== null) return false;
  for (let count = 0; count < (isCounted ? ahead + 1 : 1); count += 1) reader.skip();
  const thing = clause.object ?? clause.subject;
  if (isCounted && thing !== null) thing.quantity = { kind: "count", value: number.value };
  const noun = bareNounPhrase({ kind: "latin", text: number.th });
  clause.target = { ...emptyTarget(), noun: isCounted ? thing : noun };
  return true;
}

/** "ให้": makes somebody do or be something, or is for somebody. */
function readGive(reader: TokenReader, clause: Clause): boolean {
  reader.skipSpaces();
  if (clause.verb === null) {
    clause.verb = SUPPLIED.make;
    return true;
  }
  if (clause.object !== null && isSpeaker(reader)) {
    reader.skip();
    clause.recipient = bareNounPhrase({ kind: "latin", text: "the person" });
    return true;
  }
  const recipient: NounPhrase | null =
    clause.verb.kind === "verb" && clause.object !== null
      ? parseNounPhrase(reader, { isRecipient: true })
      : null;
  if (recipient !== null) clause.recipient = recipient;
  return true;
}

/** "ให้ผม" at the end: "ผม" is the speaker, not hair. */
function isSpeaker(reader: TokenReader): boolean {
  const next = reader.peek(1);
  return reader.phraseAt("noun", 0)?.th === "ผม" && (next === null || next.kind === "break");
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
