import { nounOf } from "./clause-meaning.ts";
import type { Verb } from "./phrase.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { isSurface } from "./qualities.ts";
import { renderQuality } from "./render-quality.ts";
import { definite, joined } from "./render-parts.ts";
import type { Clause } from "./syntax.ts";

/** Where a clause says something is, in English. */
export function places(clause: Clause): string[] {
  const removed = clause.with === null ? "" : definite(clause.with);
  return [
    ...clause.after.map((one) => renderPhrasing(one, { article: "the" })),
    removed === "" || clause.verb === null ? "" : "",
  ];
}

/** A plain verb with its object, and how that should look afterwards. */
export function renderDo(asked: Clause): string {
  const clause = paintedIn(asked);
  const { verb } = clause;
  if (verb?.kind !== "verb") return "";
  const said = doneTo(clause, verb);
  const withWhat =
    clause.with === null ? "" : `with ${renderNounPhrase(clause.with, { article: "a" })}`;
  const by = clause.amount === null ? "" : `by ${clause.amount}`;
  const target = clause.target?.noun ?? null;
  const into =
    target === null
      ? ""
      : `${nounOf(target)?.class === "person" ? "as" : "into"} ${renderNounPhrase(target, { article: "a" })}`;
  const toColor =
    clause.target !== null && clause.target.qualities.length > 0
      ? clause.target.qualities.map((quality) => renderQuality(quality)).join(" and ")
      : "";
  const isCut =
    verb.subjects.includes("hair") &&
    clause.qualities.every(({ adjective }) => ["size", "shape", "color"].includes(adjective.order));
  const looks =
    clause.qualities.length === 0
      ? ""
      : isCut || clause.qualities.every((quality) => quality.adjective.order === "color")
        ? clause.qualities.map((quality) => renderQuality(quality)).join(" and ")
        : `so that it looks ${clause.qualities.map((quality) => renderQuality(quality)).join(" and ")}`;
  const degree = clause.degree === "slightly" && !said.includes("slightly") ? "slightly" : "";
  return restyledMakeup(
    joined(said, toColor, into, withWhat, ...places({ ...clause, with: null }), by, degree, looks),
  );
}

/** "ทาเล็บสีแดง": the colour is what it is painted in. */
function paintedIn(clause: Clause): Clause {
  const { verb, object, qualities, target } = clause;
  const isPainted = verb?.kind === "verb" && /^(?:paint|dye|color)$/.test(verb.en);
  if (!isPainted || object === null || qualities.length > 0 || target !== null) return clause;
  return {
    ...clause,
    object: { ...object, qualities: object.qualities.filter((one) => !isSurface(one)) },
    qualities: object.qualities.filter(isSurface),
  };
}

/** "แต่งหน้าสไตล์เกาหลี": makeup of another style need not look natural. */
function restyledMakeup(sentence: string): string {
  const style = / in an? ([A-Za-z0-9]+) style\b/.exec(sentence);
  if (style === null || !sentence.startsWith("apply natural-looking makeup")) return sentence;
  return sentence
    .replace(style[0], () => "")
    .replace("natural-looking", () => `${style[1] ?? ""}-style`);
}

/** A plain verb with what it is done to; a verb that names that already says whose it is. */
function doneTo(clause: Clause, verb: Verb): string {
  const thing = clause.object ?? clause.subject ?? clause.recipient;
  const isWhole = verb.fallback === "" && !verb.en.includes("{}");
  if (isWhole) {
    if (thing === null) return verb.en;
    const isPart = /the (?:hair|eyes|teeth|lips|head|skin|mouth|fingers|hands)$/.test(verb.en);
    return joined(verb.en, isPart ? "of" : "for", definite(thing));
  }
  if (verb.en === "top" && clause.with === null && thing !== null)
    return joined("top the dish with", renderNounPhrase(thing, { article: "a" }));
  const what = thing === null ? verb.fallback : definite(thing);
  const isRoom = ["place", "furniture"].includes(nounOf(thing)?.class ?? "");
  const en = verb.en === "retouch" && isRoom ? "decorate" : verb.en;
  if (verb.en === "retouch" && nounOf(clause.target?.noun ?? null)?.class === "person")
    return joined("dress up", thing === null ? "the person" : what);
  const forWhom =
    clause.recipient !== null &&
    thing !== clause.recipient &&
    clause.recipient.qualities.length === 0
      ? `for ${definite(clause.recipient)}`
      : "";
  return joined(en.includes("{}") ? en.replace("{}", () => what) : `${en} ${what}`, forWhom);
}
