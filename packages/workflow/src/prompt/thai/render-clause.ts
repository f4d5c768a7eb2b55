import { type Meaning, clauseMeaning, nounOf } from "./clause-meaning.ts";
import { renderAdd, renderName, renderWear } from "./render-add.ts";
import { renderChange, renderTurn } from "./render-change.ts";
import { places, renderDo } from "./render-do.ts";
import { renderMake } from "./render-make.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { isCompared, isSurface } from "./qualities.ts";
import { renderQuality } from "./render-quality.ts";
import { definite, joined, whoDoes } from "./render-parts.ts";
import { renderPlace } from "./render-place.ts";
import type { Clause, NounPhrase } from "./syntax.ts";

/** A clause as English sentences without their full stops; none when it asks for nothing. */
export function renderClause(clause: Clause): string[] {
  const settled = settleObject(clause);
  const meaning = clauseMeaning(settled);
  const sentence = RENDERERS[meaning](settled);
  return [sentence, ...aside(settled, meaning)]
    .filter((text) => text !== "")
    .map((text) => text.charAt(0).toUpperCase() + text.slice(1));
}

/** "สิวลบออกให้หมด": what is named first is what the verb is about. */
function settleObject(said: Clause): Clause {
  const clause = settleSurface(said);
  const { verb, subject, object } = clause;
  if (verb?.kind !== "verb" || subject === null || object !== null) return clause;
  if (["wear", "hold", "be-at"].includes(verb.frame)) return clause;
  if (verb.frame === "make" && clause.target === null) return clause;
  return { ...clause, subject: null, object: subject };
}

/** "ใส่เสื้อให้น้องหมา สีเหลือง ลายจุด": said late, but of what is put on. */
function settleSurface(clause: Clause): Clause {
  const { object, qualities } = clause;
  const isNew = ["add", "wear", "hold", "name"].includes(clauseMeaning(clause));
  if (!isNew || object === null || qualities.length === 0) return clause;
  if (!qualities.every(isSurface)) return clause;
  return {
    ...clause,
    object: { ...object, qualities: [...object.qualities, ...qualities] },
    qualities: [],
  };
}

const RENDERERS = {
  change: renderChange,
  turn: renderTurn,
  make: renderMake,
  replace: (clause) => {
    const after = clause.after.map((one) => renderPhrasing(one, { article: "the" }));
    const instead = clause.instead === null || clause.instead === true ? null : clause.instead;
    const old = instead ?? clause.object;
    const fresh = instead === null ? (clause.with ?? clause.target?.noun ?? null) : clause.object;
    if (fresh === null) return clause.object === null ? "" : renderAdd(clause);
    return joined(
      "replace",
      definite(old),
      "with",
      renderNounPhrase(fresh, { article: "a" }),
      ...after,
    );
  },
  add: renderAdd,
  remove: (clause) => {
    const thing = clause.object ?? clause.subject;
    if (thing === null) return joined("remove the distracting objects", ...places(clause));
    const where = places(clause);
    const isSome = where.some((words) => words.startsWith("and leave only one"));
    const isPlural = MANY.has(nounOf(thing)?.en ?? "") && !isSingledOut(thing.after.length, clause);
    return joined(
      "remove",
      renderNounPhrase(thing, { article: isSome ? "bare" : "the", isPlural }),
      ...where,
    );
  },
  keep: (clause) => {
    const thing = clause.object ?? clause.subject;
    if (thing === null) return "keep everything else unchanged";
    return `keep ${renderNounPhrase(thing, { article: "the" })} unchanged`;
  },
  increase: (clause) => renderAmount("increase", clause),
  reduce: (clause) => renderAmount("reduce", clause),
  write: (clause) => {
    if (clause.object === null) return "";
    const { head } = clause.object;
    const words = renderNounPhrase(clause.object, { article: head.kind === "noun" ? "a" : "the" });
    return joined("add", words, ...places(clause));
  },
  place: (clause) => renderPlace("place", clause),
  move: (clause) => renderPlace("move", clause),
  swap: (clause) => {
    const other = clause.with === null ? "" : `with ${definite(clause.with)}`;
    return joined("swap", definite(clause.object), other, ...places(clause));
  },
  wear: renderWear,
  hold: (clause) => {
    const thing = clause.object === null ? "" : heldWords(clause.object);
    return joined("have", whoDoes(clause), "hold", thing, ...places(clause));
  },
  want: renderName,
  "be-at": (clause) => renderPlace("place", clause),
  do: renderDo,
  act: (clause) => {
    const en = clause.verb?.kind === "action" ? clause.verb.en : "";
    const manner =
      clause.degree === "very" || clause.degree === "more"
        ? "more"
        : clause.degree === "slightly"
          ? "a little"
          : "";
    const where = clause.after.map((one) =>
      renderPhrasing(one, { article: "the", isNewPlace: true }),
    );
    const whom = clause.object === null ? "" : doneTo(clause.object);
    return clause.isNegated
      ? joined("have", whoDoes(clause), "not", en, whom, ...where)
      : joined("make", whoDoes(clause), en, whom, manner, ...where) + looking(clause);
  },
  forbid: (clause) => {
    const { verb, object } = clause;
    if (verb?.kind === "verb" && verb.frame === "make")
      return `do not ${renderMake({ ...clause, isNegated: false })}`;
    if (object === null) return "do not add anything else";
    const isMany = nounOf(object)?.article === "a" && object.quantity === null;
    return joined(
      "do not add any",
      renderNounPhrase(object, { article: "bare", isPlural: isMany }),
      ...places(clause),
    );
  },
  name: renderName,
  idiom: (clause) => {
    const en = clause.idiom?.en ?? "";
    return joined(
      en,
      ...places(clause).filter((how) => how !== "naturally" || !en.includes("natural")),
    );
  },
} as const satisfies Record<Meaning, (clause: Clause) => string>;

/** "ยืนใกล้กัน", "ยิ้มสวยๆ": how it is done, or how that looks. */
function looking({ qualities }: Clause): string {
  if (qualities.length === 0) return "";
  const words = qualities.map((quality) => renderQuality(quality)).join(" and ");
  return /together|upright|straight|close/.test(words) ? ` ${words}` : `, looking ${words}`;
}

/** Drinks are held in something. */
function heldWords(object: NounPhrase): string {
  const words = renderNounPhrase(object, { article: "a" });
  return /^[\w -]*(?:coffee|tea|cocoa|juice|milk|soda)$/.test(words) && !/^an? /.test(words)
    ? `a ${/coffee|tea|cocoa/.test(words) ? "cup" : "glass"} of ${words}`
    : words;
}

/** Whom or what an action is done to; a vehicle or a meal is new. */
function doneTo(object: NounPhrase): string {
  const isSomebody = ["person", "animal"].includes(nounOf(object)?.class ?? "");
  return renderNounPhrase(object, { article: isSomebody ? "the" : "a" });
}

/** Thai does not say how many; of these all are meant, unless one is told apart. */
const MANY = new Set(["person", "tourist", "customer", "stranger", "passerby"]);

/** One person is meant when it was said which. */
function isSingledOut(descriptions: number, clause: Clause): boolean {
  const thing = clause.object ?? clause.subject;
  if (thing === null || thing.determiner === "this" || thing.qualities.length > 0) return true;
  const isAnybody = [...thing.after, ...clause.after].every(
    (one) =>
      (one.kind === "plain" && one.en === "in the background") ||
      (one.kind === "doing" && one.clause.verb?.kind === "action"),
  );
  return descriptions > 0 && !isAnybody;
}

function renderAmount(verb: "increase" | "reduce", clause: Clause): string {
  const by =
    clause.amount === null
      ? clause.degree === "slightly"
        ? "slightly"
        : ""
      : `by ${clause.amount}`;
  const thing = clause.object ?? clause.subject;
  if (thing === null) return "";
  const isLight = nounOf(thing)?.en === "lighting" && verb === "reduce";
  return joined(isLight ? "dim" : verb, definite(thing), ...places(clause), by);
}

/** "ลบสิวให้หน้าเนียน": what was said besides, as a sentence of its own. */
function aside(clause: Clause, meaning: Meaning): string[] {
  const { recipient } = clause;
  if (meaning === "make" || meaning === "do" || meaning === "forbid" || meaning === "change")
    return [];
  const own: Clause["qualities"] = clause.qualities;
  const isWished =
    recipient !== null &&
    (meaning === "remove" ? recipient.qualities.length > 0 : recipient.qualities.some(isCompared));
  if (isWished) {
    return [
      renderMake({
        ...clause,
        verb: null,
        object: null,
        subject: recipient,
        recipient: null,
        after: [],
      }),
    ];
  }
  const isOfWhole = meaning === "name" && clause.object === null && clause.subject === null;
  if (own.length === 0 || isOfWhole || meaning === "keep" || meaning === "act") return [];
  return [`make it look ${own.map((quality) => renderQuality(quality)).join(" and ")}`];
}
