import { nounOf } from "./clause-meaning.ts";
import { renderChange } from "./render-change.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { isCompared } from "./qualities.ts";
import { definite, joined, whoDoes } from "./render-parts.ts";
import { emptyTarget, type Clause, type NounPhrase, type Phrasing } from "./syntax.ts";

/** "ใส่", "เพิ่ม", "เติม": something new in the picture, on somebody, or more of it. */
export function renderAdd(clause: Clause): string {
  const { object } = clause;
  if (object === null) return "";
  if (clause.instead !== null && clause.instead !== true) {
    return joined(
      "replace",
      definite(clause.instead),
      "with",
      renderNounPhrase(object, { article: "a" }),
    );
  }
  const where = clause.after.map((one) => renderPhrasing(one, { article: "the" }));
  const noun = nounOf(object);
  const by = clause.amount === null ? "" : `by ${clause.amount}`;
  if (noun?.class === "quantity") return joined("increase", definite(object), ...where, by);
  if (noun?.class === "background") return renderChange(asChange(clause));
  const isOccasion = nounOf(clause.recipient)?.class === "scene";
  const to =
    clause.recipient === null || clause.recipient.qualities.some(isCompared)
      ? ""
      : `${isOccasion ? "for" : "to"} ${definite(clause.recipient)}`;
  if (noun?.en === "lighting" && object.qualities.length + object.compounds.length === 0)
    return joined("brighten", definite(object), ...where, by);
  const isBody = noun?.class === "body" || noun?.class === "hair";
  const isTaken = object.after.some(
    (one) => one.kind === "relation" && one.object.head.kind === "picture",
  );
  if (isBody && isTaken && clause.recipient !== null) {
    const theirs = { ...object, after: [], owner: clause.recipient };
    return joined("replace", definite(theirs), "with", definite(object));
  }
  const words = amountWords(clause, object);
  const fresh = clause.target?.noun ?? null;
  if (fresh !== null && fresh.quantity !== null)
    return joined("show", ...manyOf(fresh, object), ...where);
  const verb = noun?.class === "effect" ? "apply" : "add";
  const instead = clause.instead === true ? "in its place" : "";
  return joined(verb, words, to, ...where, by, instead);
}

/** "เพิ่มน้ำแข็งเยอะๆ", "เพิ่มเงานิดนึง": how much of it. */
function amountWords({ degree }: Clause, object: NounPhrase): string {
  const words = renderNounPhrase(object, { article: "a" });
  const noun = nounOf(object);
  const isOpen = object.quantity === null && object.and.length === 0 && noun !== null;
  if (!isOpen || noun.article === null || isFromElsewhere(object)) return words;
  if (degree === "slightly") {
    if (noun.class === "light") return `subtle ${words.replace(/^an? /, "")}`;
    if (noun.article === "") return `${noun.en.endsWith("s") ? "a few" : "a little"} ${words}`;
  }
  const isMany = object.qualities.some(
    (quality) => quality.degree === "very" && quality.adjective.order === "color",
  );
  if (isMany || degree === "very" || degree === "much") {
    const many = renderNounPhrase(object, { article: "bare", isPlural: true });
    return `plenty of ${many}`;
  }
  return words;
}

function isFromElsewhere({ after }: NounPhrase): boolean {
  return after.some((one) => one.kind === "relation" && one.object.head.kind === "picture");
}

/** "เพิ่มสินค้าเป็น 3 ขวด": of what, unless it was said again. */
function manyOf(fresh: NounPhrase, object: NounPhrase): string[] {
  const words = renderNounPhrase({ ...fresh, after: [] }, { article: "a" });
  const after = fresh.after.map((one) => renderPhrasing(one, { article: "the" }));
  const isSame = nounOf(fresh)?.en === nounOf(object)?.en;
  return [words, ...(isSame ? [] : ["of", definite(object)]), ...after];
}

function asChange(clause: Clause): Clause {
  return { ...clause, recipient: null };
}

/** "สวมชุดไทย": dressed in clothes, or something put on. */
export function renderWear(clause: Clause): string {
  const { object } = clause;
  if (object === null) return "";
  const objectClass = nounOf(object)?.class;
  if (objectClass === "body" || objectClass === "hair") return renderAdd(clause);
  const part = bodyPart([...object.after, ...clause.after]);
  const others = clause.after.filter((one) => one !== part);
  const where = others.map((one) => renderPhrasing(one, { article: "the" }));
  const on =
    part?.kind === "relation"
      ? `${whoDoes(clause)}'s ${renderNounPhrase(part.object, { article: "bare" })}`
      : whoDoes(clause);
  // What comes from another picture is that one and no other.
  const isThat = object.after.some(
    (one) => one.kind === "relation" && one.object.head.kind === "picture",
  );
  const worn = { ...object, after: object.after.filter((one) => one !== part) };
  const words = renderNounPhrase(worn, { article: isThat ? "the" : "a" });
  const instead = clause.instead === true ? "instead" : "";
  return nounOf(object)?.class === "clothing"
    ? joined("dress", whoDoes(clause), "in", words, ...where, instead)
    : joined("put", words, "on", on, ...where, instead);
}

/** "ใส่มงกุฎบนหัว": the part of the body it goes on, which is of whoever wears it. */
function bodyPart(after: readonly Phrasing[]): Phrasing | undefined {
  return after.find(
    (one) =>
      one.kind === "relation" &&
      one.object.owner === null &&
      ["body", "hair"].includes(nounOf(one.object)?.class ?? ""),
  );
}

/** Something is only named: what it is tells what is wanted of it. */
export function renderName(clause: Clause): string {
  const thing = clause.object ?? clause.subject;
  if (thing === null && clause.target !== null) return renderChange(clause);
  const place = clause.target?.noun ?? null;
  if (thing !== null && nounOf(place)?.class === "background") {
    const fresh = renderNounPhrase(thing, { article: "the" });
    return joined("replace", definite(place), "with", fresh);
  }
  if (thing === null)
    return clause.after.length === 0 && clause.qualities.length === 0 ? "" : renderChange(clause);
  const isExplicit =
    clause.verb?.th === "มี" || clause.verb?.th === "ให้มี" || clause.verb?.th === "อยากให้มี";
  if (isExplicit) return renderAdd({ ...clause, subject: null, object: thing });
  const noun = nounOf(thing);
  const isThisPicture = noun?.class === "picture" && /^(?:this )?(?:picture|photo)$/.test(noun.en);
  if (isThisPicture && thing.qualities.length + thing.after.length === 0) return "";
  if (noun?.en === "product" && thing.after.length + clause.after.length > 0)
    return joined("place", renderNounPhrase(thing, { article: "the" }), ...placesOf(clause));
  if (noun?.en === "lighting" && thing.qualities.length === 0 && thing.after[0]?.kind === "plain")
    return joined("light the scene", thing.after[0].en.replace(/^on /, "from "));
  const isWeather =
    noun?.class === "scene" &&
    /rain$|snow|mist|cloud|wind|lightning|stars|waves|storm/.test(noun.en);
  if (isWeather) return renderAdd({ ...clause, subject: null, object: thing });
  const isBackground =
    noun?.class === "background" ||
    noun?.class === "hair" ||
    (noun?.class === "clothing" && isFromElsewhere(thing));
  if (isBackground) return renderChange({ ...clause, subject: null, object: thing });
  if (noun?.class === "picture" && noun.article === "a" && !/^(?:picture|photo)$/.test(noun.en)) {
    return joined("turn the picture into", renderNounPhrase(thing, { article: "a" }));
  }
  if (noun?.class === "accessory" && clause.after.length + thing.after.length === 0) {
    return renderWear({ ...clause, subject: null, object: thing });
  }
  const isSetting =
    noun !== null &&
    ["place", "region", "scene", "clothing", "style", "light"].includes(noun.class);
  if (isSetting && clause.after.length === 0) {
    const target = { ...emptyTarget(), noun: thing };
    return renderChange({ ...clause, subject: null, object: null, target });
  }
  return renderAdd({ ...clause, subject: null, object: thing });
}

function placesOf({ after }: Clause): string[] {
  return after.map((one) => renderPhrasing(one, { article: "the" }));
}
