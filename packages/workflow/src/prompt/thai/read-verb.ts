import { parseNounPhrase } from "./parse-noun-phrase.ts";
import type { Frame, Verb } from "./phrase.ts";
import { readTarget } from "./read-marker.ts";
import type { Action, Clause } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** Frames after which a quality says how the object should be. */
export const TAKES_QUALITY: ReadonlySet<Frame> = new Set(["make", "change", "do", "turn"]);

/** What the first verb may hand over to the next: "อยากเปลี่ยน", "เอาหมวกมาใส่", "ให้ผู้หญิงยืน". */
const LEADS_ON: ReadonlySet<Frame> = new Set(["want", "make"]);

/** Reads a verb into the clause; false when it begins the next one. */
export function readVerb(reader: TokenReader, clause: Clause): boolean {
  const verb = reader.take("action") ?? reader.take("verb");
  if (verb === null) return false;
  if (verb.kind === "verb" && verb.frame === "be-at" && clause.verb !== null) {
    return readWhere(reader, clause, verb);
  }
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

/** "ทำให้เราอยู่ที่ปารีส" */
function readWhere(reader: TokenReader, clause: Clause, verb: Verb): boolean {
  const object = verb.th === "อยู่ที่" ? parseNounPhrase(reader) : null;
  if (object !== null) clause.after.push({ kind: "relation", en: "at {}", object });
  return true;
}
