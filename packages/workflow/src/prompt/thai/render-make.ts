import { nounOf } from "./clause-meaning.ts";
import { listWords } from "./english-words.ts";
import type { NounClass } from "./phrase.ts";
import { fitQuality } from "./fit-quality.ts";
import { renderChange, renderTurn } from "./render-change.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { renderQuality } from "./render-quality.ts";
import { isCompared, isSurface, surfaceWords } from "./qualities.ts";
import { definite, joined } from "./render-parts.ts";
import type { Clause, NounPhrase, Phrasing, Quality } from "./syntax.ts";

/** "ทำให้หน้าเนียนขึ้น", "ผมยาวขึ้น", "สวยๆ": how something should be. */
export function renderMake(clause: Clause): string {
  if (clause.target !== null) {
    return clause.target.noun === null ? renderChange(clause) : renderTurn(clause);
  }
  const thing = clause.object ?? clause.recipient ?? clause.subject;
  if (nounOf(thing)?.class === "background" && thing !== null && thing.compounds.length > 0) {
    return renderChange(clause);
  }
  const { bare, qualities } = detach(thing, clause.qualities);
  const manner = (thing?.after ?? []).filter(isManner);
  const where = [...clause.after, ...manner].map((one) =>
    renderPhrasing(one, { article: "the", isNewPlace: true }),
  );
  if (qualities.length === 0)
    return renderWithout(clause, { thing: thing === null ? null : withoutManner(thing), where });
  const what =
    bare === null
      ? isPersonal(qualities)
        ? "the person"
        : "the picture"
      : definite(named(withoutManner(bare), qualities));
  const by = clause.amount === null || yearsOf(clause) !== "" ? "" : `by ${clause.amount}`;
  const said = qualities.map((quality) => fitQuality(quality, nounOf(bare)));
  const isColor =
    said.every((quality) => isSurface(quality) && !isCompared(quality)) && clause.degree === null;
  const words = isColor
    ? surfaceWords(said)
    : yearsOf(clause) + listWords(said.map((quality) => withDegree(quality, clause)));
  if (isColor && nounOf(bare)?.class === "hair") return joined("dye", what, words, ...where);
  const isBuilt = ["background", "furniture", "place", "scene"].includes(nounOf(bare)?.class ?? "");
  if (isColor && (bare === null || isBuilt)) {
    return joined("change", bare === null ? "the color" : what, "to", words, ...where);
  }
  const mended = clause.verb === null && bare !== null ? mend(bare, said) : null;
  if (mended !== null) return joined(mended, ...where);
  return looking(joined("make", what, words, by, ...where));
}

/** "ทำให้แมวอยู่บนโซฟา" and a noun alone: a place for it, or more of it. */
function renderWithout(
  clause: Clause,
  { thing, where }: { thing: NounPhrase | null; where: readonly string[] },
): string {
  const isQuantity = nounOf(thing)?.class === "quantity" || nounOf(thing)?.class === "light";
  if (thing === null) {
    if (where.length === 0) return "";
    if (where[0]?.startsWith("and leave only") === true)
      return joined(...where).replace(/^and /, "");
    if (where[0]?.startsWith("with a view of ") === true)
      return `keep ${where.join(" ").replace("with a view of ", "")} visible`;
    const isStyle = where.every((words) => /^in an? |^with an? /.test(words));
    return joined(
      isStyle
        ? "restyle the picture"
        : /^(?:as if|like new)/.test(where.join(" "))
          ? "make the picture look"
          : "place the person",
      ...where,
    );
  }
  if (isQuantity && clause.degree !== null) {
    return joined(
      clause.degree === "less" || clause.degree === "too" ? "reduce" : "increase",
      definite(thing),
      ...where,
      clause.degree === "slightly" ? "slightly" : "",
    );
  }
  if (clause.degree === "less" || clause.degree === "too")
    return joined("reduce", definite(thing), ...where);
  const noun = nounOf(thing);
  if (noun?.class === "scene" && noun.article !== "the")
    return joined("add", renderNounPhrase(thing, { article: "a" }), ...where);
  const isKind = noun?.class === "style" || (noun?.class === "picture" && noun.article === "a");
  const looks = [
    ...where,
    ...thing.after.map((one) => renderPhrasing(one, { article: "the" })),
  ].filter((words) => /^(?:as if|like) /.test(words));
  if (looks.length > 0) {
    return joined("make", definite({ ...thing, after: [] }), "look", ...looks);
  }
  if (isKind && !/^(?:picture|photo|old photo)$/.test(noun.en)) {
    return joined("turn the picture into", renderNounPhrase(thing, { article: "a" }), ...where);
  }
  if (noun?.class === "hair" && !/^(?:hair|hairstyle|hair color)$/.test(noun.en)) {
    return joined("restyle the hair into", renderNounPhrase(thing, { article: "a" }), ...where);
  }
  if (noun?.class === "light" && where.length + thing.after.length > 0) {
    const from = thing.after.map((one) => renderPhrasing(one, { article: "the" }));
    return joined("light the scene", ...from, ...where);
  }
  const use = { article: "the", isNewPlace: true } as const;
  if (where.length > 0 || thing.after.length > 0)
    return joined("place", renderNounPhrase(thing, use), ...where);
  const isCreated = /^(?:ทำ|สร้าง)$/.test(clause.verb?.kind === "verb" ? clause.verb.th : "");
  if (isCreated && (noun === null || CREATED.has(noun.class)))
    return joined("create", renderNounPhrase(thing, { article: "a" }));
  if (clause.amount !== null) return joined("adjust", definite(thing), `by ${clause.amount}`);
  return joined("improve", definite(thing));
}

/** "รูปขาด", "ภาพซีด": a fault that is named is to be mended, not made. */
function mend(thing: NounPhrase, qualities: readonly Quality[]): string | null {
  const [fault, ...others] = qualities;
  if (fault === undefined || others.length > 0 || isCompared(fault)) return null;
  const verb = MENDS[fault.adjective.en];
  return verb === undefined ? null : joined(verb, definite({ ...thing, qualities: [fault] }));
}

const MENDS: Readonly<Record<string, string>> = {
  torn: "repair",
  damaged: "repair",
  broken: "repair",
  dirty: "clean up",
  faded: "restore",
  pixelated: "sharpen",
  hazy: "sharpen",
  blurred: "sharpen",
  wrinkled: "smooth out",
};

/** What can only be said of somebody, so that not the picture is meant. */
function isPersonal(qualities: readonly Quality[]): boolean {
  return qualities.some(
    ({ adjective: { th, en, subjects } }) =>
      th.startsWith("ตัว") ||
      subjects.includes("pose") ||
      subjects.includes("identity") ||
      /^(?:handsome|sexy|tall)$/.test(en),
  );
}

/** "ทำโลโก้": made anew rather than made better. */
const CREATED = new Set<NounClass>(["thing", "text", "food", "accessory", "style", "picture"]);

/** What was said of the thing is how it should be, unless more was said behind it. */
function detach(
  thing: NounPhrase | null,
  said: readonly Quality[],
): { bare: NounPhrase | null; qualities: readonly Quality[] } {
  if (thing === null || said.length > 0) return { bare: thing, qualities: said };
  const last = thing.and.at(-1);
  if (thing.qualities.length === 0 && last !== undefined && last.qualities.length > 0) {
    const and = [...thing.and.slice(0, -1), { ...last, qualities: [] }];
    return { bare: { ...thing, and }, qualities: last.qualities };
  }
  return { bare: { ...thing, qualities: [] }, qualities: thing.qualities };
}

function isManner(one: Phrasing): boolean {
  return (
    one.kind === "manner" ||
    (one.kind === "plain" && /^(?:as if|like new)/.test(one.en)) ||
    (one.kind === "relation" && /^(?:in|with) a \{\}/.test(one.en))
  );
}

function withoutManner(phrase: NounPhrase): NounPhrase {
  return { ...phrase, after: phrase.after.filter((one) => !isManner(one)) };
}

/** "expensive-looking" is how it should look. */
function looking(sentence: string): string {
  return sentence.replace(
    /^make (.*?) ((?:(?:slightly|much|very|more|less) )*)(\w+)-looking(?= |$)/,
    "make $1 look $2$3",
  );
}

/** What is said of a face's smoothness is said of its skin; a lone colour is all colours. */
function named(thing: NounPhrase, qualities: readonly Quality[]): NounPhrase {
  const noun = nounOf(thing);
  if (noun === null) return thing;
  const isOfSkin = qualities.some(
    ({ adjective }) =>
      adjective.subjects.includes("skin") && !adjective.subjects.includes("identity"),
  );
  if (noun.en === "face" && isOfSkin) {
    return { ...thing, head: { kind: "noun", noun: { ...noun, en: "facial skin" } } };
  }
  if (noun.en === "mouth" && qualities.some(({ adjective }) => adjective.order === "color")) {
    return { ...thing, head: { kind: "noun", noun: { ...noun, en: "lips" } } };
  }
  const isAllColors = noun.en === "color" && thing.compounds.length === 0 && thing.owner === null;
  return isAllColors
    ? { ...thing, head: { kind: "noun", noun: { ...noun, en: "colors" } } }
    : thing;
}

/** "10 years younger". */
function yearsOf({ amount }: Clause): string {
  return amount?.endsWith("years") === true ? `${amount} ` : "";
}

function withDegree(quality: Quality, clause: Clause): string {
  return renderQuality(
    quality.degree === null && clause.degree !== null
      ? { ...quality, degree: clause.degree }
      : quality,
  );
}
