import { parseInner, parseNounPhrase } from "./parse-noun-phrase.ts";
import { parsePhrasing } from "./parse-phrasing.ts";
import type { Frame, NounClass, Verb } from "./phrase.ts";
import { readTarget } from "./read-marker.ts";
import { type Action, type Clause, emptyClause } from "./syntax.ts";
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
  if (readSerial(reader, clause, verb)) return true;
  const leads =
    current.kind === "verb" &&
    LEADS_ON.has(current.frame) &&
    clause.qualities.length === 0 &&
    !(current.frame === "make" && clause.object !== null && clause.object.qualities.length > 0);
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
  if (verb.kind === "action" && clause.object !== null && clause.subject === null) {
    return doesSo(reader, clause, verb);
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

/** "ยืนกอดอก": two things done at once; "เปลี่ยนห้องเปล่าให้มีโซฟา": what is wanted there. */
function readSerial(reader: TokenReader, clause: Clause, verb: Verb | Action): boolean {
  const current = clause.verb;
  if (current?.kind === "action") {
    if (verb.kind !== "action" || reader.wasSpace(1) || clause.after.length > 0) return false;
    clause.after.push({ kind: "doing", clause: { ...emptyClause(), verb } });
    return true;
  }
  const isMoved = current?.frame === "move" || current?.frame === "place";
  if (isMoved && /^(?:ไป|มา)(?:ไว้|วาง)$/.test(verb.th)) return true;
  const place = clause.object;
  const isChange = current?.frame === "change" || current?.frame === "make";
  const hasPlace = place?.head.kind === "noun" && HOLDS.has(place.head.noun.class);
  if (verb.th !== "ให้มี" || !isChange || !hasPlace || clause.target !== null) return false;
  clause.verb = verb;
  clause.object = null;
  clause.after.push({ kind: "relation", en: "to {}", object: place });
  return true;
}

const HOLDS = new Set<NounClass>(["place", "furniture", "background", "scene", "body", "clothing"]);

/** "เอาแมวจากรูปที่ 3 มานั่ง": somebody is brought in doing it, or does it where he is. */
function doesSo(reader: TokenReader, clause: Clause, verb: Action): boolean {
  const { object } = clause;
  if (object === null) return false;
  const isBrought =
    clause.verb?.th !== "อยากให้" &&
    object.after.some(
      (one) =>
        one.kind === "relation" && one.object.head.kind === "picture" && one.object.head.number > 1,
    );
  const isNew = object.head.kind === "noun" && ["animal", "thing"].includes(object.head.noun.class);
  const isAsked = /^(?:ขอ|อยากได้|ต้องการ|อยากเห็น)$/.test(clause.verb?.th ?? "");
  if (isBrought || (isNew && isAsked)) {
    const after = parsePhrasing(reader, { isDoing: false, parseNoun: parseInner });
    const doing = { ...emptyClause(), verb, after: after === null ? [] : [after] };
    clause.object = { ...object, after: [...object.after, { kind: "doing", clause: doing }] };
    return true;
  }
  clause.subject = object;
  clause.object = null;
  clause.verb = verb;
  return true;
}
