import { nounOf } from "./clause-meaning.ts";
import { listWords } from "./english-words.ts";
import { renderChange, renderTurn } from "./render-change.ts";
import { renderNounPhrase, renderPhrasing, renderQuality } from "./render-noun-phrase.ts";
import { definite, joined } from "./render-parts.ts";
import type { Clause, NounPhrase, Quality } from "./syntax.ts";

/** "ทำให้หน้าเนียนขึ้น", "ผมยาวขึ้น", "สวยๆ": how something should be. */
export function renderMake(clause: Clause): string {
  if (clause.target !== null) {
    return clause.target.noun === null ? renderChange(clause) : renderTurn(clause);
  }
  const thing = clause.object ?? clause.recipient ?? clause.subject;
  const { bare, qualities } = detach(thing, clause.qualities);
  const where = clause.after.map((one) =>
    renderPhrasing(one, { article: "the", isNewPlace: true }),
  );
  if (qualities.length === 0) return renderWithout(clause, { thing, where });
  const what = bare === null ? "the picture" : definite(bare);
  const by = clause.amount === null ? "" : `by ${clause.amount}`;
  const isColor = qualities.every(
    (quality) =>
      quality.adjective.order === "color" && quality.degree === null && !quality.isNegated,
  );
  const words = listWords(qualities.map((quality) => withDegree(quality, clause)));
  if (isColor && nounOf(bare)?.class === "hair") return joined("dye", what, words, ...where);
  if (isColor && (bare === null || nounOf(bare)?.class === "background")) {
    return joined("change", bare === null ? "the color" : what, "to", words, ...where);
  }
  return joined("make", what, words, by, ...where);
}

/** "ทำให้แมวอยู่บนโซฟา" and a noun alone: a place for it, or more of it. */
function renderWithout(
  clause: Clause,
  { thing, where }: { thing: NounPhrase | null; where: readonly string[] },
): string {
  const isQuantity = nounOf(thing)?.class === "quantity" || nounOf(thing)?.class === "light";
  if (thing === null)
    return where.length === 0 ? "" : joined("make the picture look as if taken", ...where);
  if (isQuantity && clause.degree !== null) {
    return joined(
      clause.degree === "less" || clause.degree === "too" ? "reduce" : "increase",
      definite(thing),
      ...where,
    );
  }
  if (clause.degree === "less" || clause.degree === "too")
    return joined("reduce", definite(thing), ...where);
  const use = { article: "the", isNewPlace: true } as const;
  if (where.length > 0 || thing.after.length > 0)
    return joined("place", renderNounPhrase(thing, use), ...where);
  return joined("adjust", definite(thing), clause.amount === null ? "" : `by ${clause.amount}`);
}

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

function withDegree(quality: Quality, clause: Clause): string {
  return renderQuality(
    quality.degree === null && clause.degree !== null
      ? { ...quality, degree: clause.degree }
      : quality,
  );
}
