import { nounOf } from "./clause-meaning.ts";
import { indefinite, listWords } from "./english-words.ts";
import { fitQuality } from "./fit-quality.ts";
import type { Noun } from "./phrase.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { renderQuality } from "./render-quality.ts";
import { HOUR, colorName, occasion } from "./scene-words.ts";
import { isCompared, isSurface, surfaceWords } from "./qualities.ts";
import { definite, joined } from "./render-parts.ts";
import { emptyTarget, type Clause, type NounPhrase, type Target } from "./syntax.ts";

/** Words that name a kind of clothing so widely that alone they cannot be what is wanted. */
const GENERIC = new Set(
  "shirt clothes outfit pants skirt shoes hat dress hair hairstyle background picture jacket bag glasses lighting color room wall".split(
    " ",
  ),
);

/** "เปลี่ยน X เป็น Y" in all its shapes. */
export function renderChange(clause: Clause): string {
  const thing = clause.object ?? clause.subject ?? clause.recipient;
  const { bare, target } = fitted(settleTarget(clause, thing));
  const where = clause.after.map((one) => renderPhrasing(one, { article: "the" }));
  if (target === null) {
    if (bare === null) return where.length === 0 ? "" : joined("restyle the picture", ...where);
    return joined("change", definite(bare), ...where);
  }
  const fresh = target.noun ?? clause.with;
  if (fresh !== null) return joined(changeTo(bare, fresh), ...where, ...afterTarget(target));
  if (target.qualities.length === 0) {
    const hour = [...afterTarget(target), ...where].join(" ");
    if (bare === null && HOUR.test(hour)) return `set the scene ${hour}`;
    return joined(
      "restyle",
      bare === null ? "the picture" : definite(bare),
      ...afterTarget(target),
      ...where,
    );
  }
  const isColor =
    target.qualities.some(isSurface) && target.qualities.every((quality) => !isCompared(quality));
  const words = isColor
    ? colorName(surfaceWords(target.qualities))
    : listWords(target.qualities.map((quality) => renderQuality(quality)));
  const tail = [...afterTarget(target), ...where];
  if (bare !== null && target.qualities.every(({ adjective }) => adjective.order === "pattern")) {
    return joined(
      "change",
      definite(bare),
      words.endsWith("pattern") ? `to ${words}` : `to ${indefinite(words)} ${words} pattern`,
      ...tail,
    );
  }
  if (!isColor)
    return joined("make", bare === null ? "the picture" : definite(bare), words, ...tail);
  if (bare === null && /^(?:black and white|sepia)$/.test(words))
    return joined("turn the picture", words, ...tail);
  if (bare === null) return joined("change the color to", words, ...tail);
  const isShaped = target.qualities.some(({ adjective }) => adjective.order !== "color");
  if (nounOf(bare)?.en === "hair" && isShaped) {
    const all = target.qualities.map((quality) => renderQuality(quality));
    return joined("make", definite(bare), listWords(all), ...tail);
  }
  if (nounOf(bare)?.class === "body")
    return joined("make", definite(bare).replace(/\bmouth$/, "lips"), words, ...tail);
  return nounOf(bare)?.class === "hair" && nounOf(bare)?.en === "hair"
    ? joined("dye", definite(bare), words, ...tail)
    : joined("change", definite(bare), "to", words, ...tail);
}

function fitted({ bare, target }: Settled): Settled {
  if (target === null) return { bare, target };
  const qualities = target.qualities.map((quality) => fitQuality(quality, nounOf(bare)));
  return { bare, target: { ...target, qualities } };
}

/** "ทำเป็น Y", "แปลง X เป็น Y": another kind of picture or thing. */
export function renderTurn(clause: Clause): string {
  const thing = clause.object ?? clause.subject ?? clause.recipient;
  const target = clause.target ?? emptyTarget();
  const fresh = target.noun ?? clause.with;
  const where = clause.after.map((one) => renderPhrasing(one, { article: "the" }));
  if (nounOf(fresh)?.en === "color") return renderChange({ ...clause, target });
  if (fresh === null) return renderChange({ ...clause, target: clause.target ?? null });
  const freshClass = nounOf(fresh)?.class;
  if (thing === null && freshClass !== "style" && freshClass !== "picture") {
    return renderChange({ ...clause, target });
  }
  const isPlace = nounOf(thing)?.class === "background";
  const isFace = nounOf(thing)?.en === "face" && freshClass === "person";
  if (isPlace || isFace || nounOf(fresh)?.subjects.includes("framing") === true)
    return renderChange({ ...clause, target });
  const what = thing === null ? "the picture" : definite(thing);
  return joined(
    "turn",
    what,
    "into",
    renderNounPhrase(fresh, { article: "a" }),
    ...afterTarget(target),
    ...where,
  );
}

function afterTarget(target: Target): string[] {
  return target.after.map((one) => renderPhrasing(one, { article: "the", isNewPlace: true }));
}

/** What is changed, and what it becomes. */
interface Settled {
  bare: NounPhrase | null;
  target: Target | null;
}

/** Without "เป็น" what was said of the thing is what it becomes: "เปลี่ยนพื้นหลังสีขาว". */
function settleTarget(clause: Clause, thing: NounPhrase | null): Settled {
  if (clause.target !== null) return { bare: thing, target: clause.target };
  if (clause.qualities.length > 0) {
    return { bare: thing, target: { ...emptyTarget(), qualities: clause.qualities } };
  }
  if (clause.with !== null) return { bare: thing, target: { ...emptyTarget(), noun: clause.with } };
  const noun = nounOf(thing);
  if (thing === null || noun === null) return { bare: thing, target: null };
  if (isFromPicture(thing)) {
    const bareThing = { ...thing, after: [], qualities: [] };
    return { bare: bareThing, target: { ...emptyTarget(), noun: thing } };
  }
  const [first, ...others] = thing.compounds;
  if (noun.class === "background" && first !== undefined) {
    const compounds = others;
    return {
      bare: { ...thing, compounds: [], after: [], qualities: [] },
      target: {
        ...emptyTarget(),
        noun: { ...first, compounds, after: thing.after, qualities: thing.qualities },
      },
    };
  }
  if (GENERIC.has(noun.en) && thing.qualities.length > 0) {
    return {
      bare: { ...thing, qualities: [] },
      target: { ...emptyTarget(), qualities: thing.qualities },
    };
  }
  const isWanted = WANTED.has(noun.class) && !GENERIC.has(noun.en) && thing.owner === null;
  if (isWanted) return { bare: null, target: { ...emptyTarget(), noun: thing } };
  return { bare: thing, target: null };
}

/** "พื้นหลังจากรูปที่ 2" */
function isFromPicture({ after }: NounPhrase): boolean {
  return after.some(
    (one) =>
      one.kind === "relation" && one.object.head.kind === "picture" && one.object.head.number > 1,
  );
}

const WANTED = new Set<Noun["class"]>(["clothing", "place", "region", "scene", "style"]);
/** What is of such a kind goes on being it: the light changes to another light. */
const STAYS = new Set<Noun["class"]>(["quantity", "light", "scene", "text", "picture", "effect"]);

function changeTo(bare: NounPhrase | null, fresh: NounPhrase): string {
  const freshNoun = nounOf(fresh);
  const isScene = nounOf(bare)?.class === "background";
  const words =
    (isScene ? occasion(fresh) : null) ??
    renderNounPhrase(fresh, { article: "a", isNewPlace: true });
  if (words === "a color") return `colorize ${bare === null ? "the picture" : definite(bare)}`;
  const noun = nounOf(bare);
  if (bare === null) return changeUnnamed(freshNoun, words);
  if (freshNoun?.class === "person" && noun?.en === "face")
    return `make ${bare.owner === null ? "the person" : definite(bare.owner)} look like ${words}`;
  if (freshNoun?.subjects.includes("framing") === true && noun?.class === "picture")
    return `change ${definite(bare)} to ${words}`;
  if (fresh.head.kind === "literal" && bare.head.kind === "noun") {
    return `change ${definite(bare)} to ${words.replace(/^the text /, "")}`;
  }
  if (fresh.head.kind === "literal")
    return `change ${definite(bare)} to ${words.replace(/^the text /, "")}`;
  if (noun === null) return `replace ${definite(bare)} with ${words}`;
  const isKind = freshNoun?.class === "style" || (noun.class === "picture" && freshNoun !== null);
  if (isKind) return `turn ${definite(bare)} into ${words}`;
  if (noun.class === "hair" || STAYS.has(noun.class)) return `change ${definite(bare)} to ${words}`;

  if (
    noun.class === "person" &&
    (freshNoun?.class === "clothing" || freshNoun?.class === "accessory")
  ) {
    return `dress ${definite(bare)} in ${words}`;
  }
  return `replace ${definite(bare)} with ${words}`;
}

/** What is wanted tells what it takes the place of. */
function changeUnnamed(fresh: Noun | null, words: string): string {
  if (fresh === null) return `change it to ${words}`;
  switch (fresh.class) {
    case "clothing":
      return fresh.en === "outfit" && /^an? (?:[\w-]+ )+outfit$/.test(words)
        ? `replace the outfit with ${words.replace(/outfit$/, "one")}`
        : `change the outfit to ${words}`;
    case "accessory":
      return `put ${words} on the person`;
    case "hair":
      return `change the hairstyle to ${words}`;
    case "place":
    case "region":
    case "background":
      return `replace the background with ${words}`;
    case "scene":
      return `change the scene to ${words}`;
    case "light":
      if (/shadow|ray|aura|bokeh|flare|reflection/.test(fresh.en)) return `add ${words}`;
      return `change the lighting to ${words}`;
    case "style":
      return `turn the picture into ${words}`;
    case "picture":
      return `turn the picture into ${words}`;
    case "effect":
      return `apply ${words}`;
    case "text":
      return `change the text to ${words}`;
    case "quantity":
      return `change the picture to ${words}`;
    case "material":
      return `change the material to ${words}`;
    case "person":
    case "animal":
    case "body":
    case "product":
    case "food":
    case "furniture":
    case "thing":
      return `replace the main subject with ${words}`;
  }
}
