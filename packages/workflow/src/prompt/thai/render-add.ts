import { nounOf } from "./clause-meaning.ts";
import { renderChange } from "./render-change.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { definite, joined, whoDoes } from "./render-parts.ts";
import { emptyTarget, type Clause } from "./syntax.ts";

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
  const isWorn = noun?.class === "clothing" || noun?.class === "accessory";
  if (
    isWorn &&
    clause.verb?.th !== "เพิ่ม" &&
    where.length === 0 &&
    object.after.every((one) => one.kind !== "relation" || one.en === "from {}")
  ) {
    return renderWear(clause);
  }
  const to = clause.recipient === null ? "" : `to ${definite(clause.recipient)}`;
  const words = renderNounPhrase(object, { article: "a" });
  const verb = noun?.class === "effect" ? "apply" : "add";
  const instead = clause.instead === true ? "in its place" : "";
  return joined(verb, words, to, ...where, by, instead);
}

function asChange(clause: Clause): Clause {
  return { ...clause, recipient: null };
}

/** "สวมชุดไทย": dressed in clothes, or something put on. */
export function renderWear(clause: Clause): string {
  const { object } = clause;
  if (object === null) return "";
  const where = clause.after.map((one) => renderPhrasing(one, { article: "the" }));
  // What comes from another picture is that one and no other.
  const isThat = object.after.some(
    (one) => one.kind === "relation" && one.object.head.kind === "picture",
  );
  const words = renderNounPhrase(object, { article: isThat ? "the" : "a" });
  const instead = clause.instead === true ? "instead" : "";
  return nounOf(object)?.class === "clothing"
    ? joined("dress", whoDoes(clause), "in", words, ...where, instead)
    : joined("put", words, "on", whoDoes(clause), ...where, instead);
}

/** Something is only named: what it is tells what is wanted of it. */
export function renderName(clause: Clause): string {
  const thing = clause.object ?? clause.subject;
  if (thing === null)
    return clause.after.length === 0 && clause.qualities.length === 0 ? "" : renderChange(clause);
  const noun = nounOf(thing);
  const isBackground = noun?.class === "background" || noun?.class === "hair";
  if (isBackground) return renderChange({ ...clause, subject: null, object: thing });
  const isSetting =
    noun !== null &&
    ["place", "region", "scene", "clothing", "style", "light"].includes(noun.class);
  if (isSetting && clause.after.length === 0) {
    const target = { ...emptyTarget(), noun: thing };
    return renderChange({ ...clause, subject: null, object: null, target });
  }
  return renderAdd({ ...clause, subject: null, object: thing });
}
