import type { Frame, Noun } from "./phrase.ts";
import type { Clause, NounPhrase } from "./syntax.ts";

/** What a clause asks for, once all that was said of it is weighed. */
export type Meaning = Frame | "act" | "forbid" | "name" | "idiom";

/** The noun a noun phrase is headed by, `null` for anything else. */
export function nounOf(phrase: NounPhrase | null): Noun | null {
  return phrase?.head.kind === "noun" ? phrase.head.noun : null;
}

/** Verbs that change what is there, so that forbidding them keeps it. */
const TOUCHES: ReadonlySet<Frame> = new Set([
  "change",
  "turn",
  "make",
  "replace",
  "remove",
  "increase",
  "reduce",
  "move",
  "swap",
  "do",
]);

/** Decides what a clause asks for. */
export function clauseMeaning(clause: Clause): Meaning {
  if (clause.idiom !== null) return "idiom";
  const { verb } = clause;
  if (clause.isKept && !isMovedThere(clause)) return "keep";
  if (verb === null) {
    if (clause.isOut) return "remove";
    if (clause.isNegated)
      return clause.subject === null && clause.qualities.length > 0 ? "make" : "remove";
    return clause.subject !== null && clause.qualities.length === 0 && !isDescribed(clause)
      ? "name"
      : "make";
  }
  if (verb.kind === "action") return "act";
  return clause.isNegated ? negated(clause, verb.frame) : plain(clause, verb.frame);
}

function plain(clause: Clause, frame: Frame): Meaning {
  if (frame === "add" && isPutOn(clause)) return "wear";
  if (frame === "want") {
    if (clause.isOut) return "remove";
    if (clause.instead !== null) return "replace";
    return isSetting(clause) ? "place" : "name";
  }
  if (frame === "keep" && clause.qualities.length > 0) return "make";
  if ((frame === "change" || frame === "keep") && clause.isOut) return "remove";
  if (frame === "make" && clause.isOut) return "remove";
  return frame;
}

function negated(clause: Clause, frame: Frame): Meaning {
  if (frame === "make" && clause.qualities.length > 0) return "forbid";
  if (frame === "make" && clause.target !== null) return "forbid";
  if (TOUCHES.has(frame)) return "keep";
  if (frame === "want" || frame === "wear" || frame === "hold") return "remove";
  // "ไม่ใส่แว่น" says how it should be, "ไม่ต้องใส่แว่น" what not to do.
  if (frame === "add" && !clause.isForbidden && isPutOn(clause)) return "remove";
  return "forbid";
}

/** "บนหัว": the head of whoever wears it. */
function isOwnPart(place: NounPhrase): boolean {
  return nounOf(place)?.class === "body" && place.owner === null;
}

/** "ใส่หมวก": on somebody, unless it is said where else. */
function isPutOn({ verb, object, after, instead }: Clause): boolean {
  const nounClass = nounOf(object)?.class;
  const isWorn = nounClass === "clothing" || nounClass === "accessory";
  const isElsewhere = [...after, ...(object?.after ?? [])].some(
    (one) =>
      one.kind === "relation" &&
      one.object.head.kind !== "picture" &&
      one.en !== "in a {} style" &&
      one.en !== "with {}" &&
      !isOwnPart(one.object),
  );
  return (
    isWorn &&
    verb?.th !== "เพิ่ม" &&
    verb?.th !== "วาด" &&
    !isElsewhere &&
    (instead === null || instead === true)
  );
}

/** "วางไว้บนโต๊ะ": put there, rather than left as it is. */
function isMovedThere({ verb }: Clause): boolean {
  return (
    verb?.kind === "verb" &&
    ["place", "move", "add", "write", "hold", "wear", "want"].includes(verb.frame)
  );
}

/** "เอาสินค้าไปไว้บนโต๊ะ". */
function isSetting(clause: Clause): boolean {
  return clause.isKept && (clause.after.length > 0 || (clause.object?.after.length ?? 0) > 0);
}

/** Classes of what every picture has, so that naming one with a colour asks for that colour. */
const GIVEN: ReadonlySet<Noun["class"]> = new Set([
  "body",
  "hair",
  "clothing",
  "accessory",
  "product",
  "background",
  "light",
  "quantity",
  "picture",
  "effect",
]);

/** Parts of a place that are there already when the place is. */
const ALWAYS_THERE = new Set([
  "wall",
  "floor",
  "ceiling",
  "roof",
  "lawn",
  "street",
  "sky",
  "tabletop",
  "sea",
  "water",
]);

/** "เสื้อสีแดง", "ผมยาวขึ้น": something in the picture, and how it should be. */
function isDescribed({ subject }: Clause): boolean {
  const noun = nounOf(subject);
  const isCompared =
    subject?.qualities.some(
      ({ degree, isNegated, times }) => degree !== null || isNegated || times !== null,
    ) === true;
  return (
    noun !== null &&
    subject !== null &&
    subject.qualities.length > 0 &&
    !(noun.class === "light" && !isCompared && noun.en !== "lighting" && noun.article !== "a") &&
    (isCompared ||
      ALWAYS_THERE.has(noun.en) ||
      (GIVEN.has(noun.class) && noun.class !== "accessory"))
  );
}
