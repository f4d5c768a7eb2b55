import { PERSON_SUBJECTS } from "../../../prompt/subjects.ts";
import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import { hasSettingOf, movesToPlace, requestActs } from "./request-acts.ts";
import { slotOf, type ChosenChange } from "./chosen.ts";

const CLOTHES =
  /\b(?:clothes|clothing|outfits?|(?:t-)?shirts?|tops?|blouses?|dress|suits?|uniforms?|jackets?|gowns?|hoodies?|sweaters?|polos?|blazers?|coats?|vests?|costumes?)\b/i;
const NEW_CLOTHES = /^(?:Change|Replace|Make|Dress|Turn|Put|Swap|Have|Give|Switch)\b/;
const COLORS =
  /\b(?:white|black|gr[ae]y|silver|navy|blue|red|maroon|pink|purple|violet|lavender|orange|yellow|gold(?:en)?|green|beige|cream|brown|blond\w*|burgundy|teal|turquoise|colou?r(?:ed|ful)?)\b/i;
const HAIRCUTS =
  /\b(?:short\w*|long\w*|bobs?|bangs|fringe|curl\w*|wav\w*|straight\w*|ponytail|buns?|braid\w*|bald|sha[vp]\w*|styles?|hairstyles?|hairdo|haircut|cut)\b/i;
const MOODS =
  /\b(?:smil\w*|laugh\w*|frown\w*|cry\w*|wink\w*|grin\w*|serious|sad|happy|angry|calm|neutral|confident|expression|mood)\b/i;
const SKY =
  /\b(?:rain\w*|snow\w*|sk(?:y|ies)|sunset|sunrise|fog\w*|mist\w*|storm\w*|clouds?|cloudy|overcast|night|daytime)\b/i;
const NEW_LIGHT = /^(?:Change|Replace|Set) the light(?:ing)? (?:to|with)\b/;
const DARKER = /\b(?:dark\w*|dim\w*|night|low-key)\b/i;
const BRIGHTER = /\b(?:bright\w*|daylight|sunlight|sunny|sunlit)\b/i;
const WARM = /\bwarm\w*\b/i;
const COOL = /\b(?:cool\w*|cold\w*)\b/i;

/** What of a kind there is one on a person: one thing of it gives way to another. */
const WORN = [
  /\b(?:hats?|caps?|crowns?|berets?|helmets?|beanies?)\b/i,
  /\b(?:sun)?glasses\b/i,
  /\bearrings?\b/i,
  /\bnecklaces?\b/i,
  /\bwatch(?:es)?\b|\bwristwatch(?:es)?\b/i,
  /\bscar(?:f|ves)\b/i,
  /\bheadphones\b/i,
] as const satisfies readonly RegExp[];

/** Furniture and tableware of which a choice and a sentence mean the same piece. */
const STANDS_ONCE = [
  /\bplates?\b/i,
  /\bsofas?\b/i,
  /\barmchairs?\b/i,
  /\bdining tables?\b/i,
  /\bbeds?\b/i,
  /\bcurtains?\b/i,
  /\brugs?\b/i,
  /\blamps?\b/i,
  /\bdesks?\b/i,
  /\bbookshel(?:f|ves)\b/i,
] as const satisfies readonly RegExp[];
const OWN_TONE = /\b(?:lighter or paler|own natural shade)\b/;
const OTHER_TONE = /\bskin\b.*\b(?:fair|light|white|pale|bright|tan|dark)\w*/i;
const TAKES_AWAY =
  /^(?:Remove|Erase|Delete) (?:the |all |any )*([a-z -]+?)(?: (?:on|from|in|at|of)\b.*)?\.$/i;
const BRINGS = /^(?:Add|Put|Garnish|Tuck|Tie|Hang|Serve)\b/;

/** The choices of which the request decides otherwise: what is written is more exact than a choice. */
export function overruledChoices(
  picked: readonly ChosenChange[],
  request: TranslatedRequest,
): ReadonlySet<ChosenChange> {
  const acts = requestActs(request);
  return new Set(
    picked.filter((chosen) => {
      const source = chosen.group.picture;
      if (source !== undefined && request.pictures.has(source)) return false;
      return isOverruled(chosen, { acts, request });
    }),
  );
}

interface Asked {
  acts: readonly string[];
  request: TranslatedRequest;
}

function isOverruled(chosen: ChosenChange, asked: Asked): boolean {
  const { group, choice } = chosen;
  const { acts, request } = asked;
  if (group.id === "style") return request.isStyle;
  if (choice.traits?.includes("noPeople") === true) return needsSomeone(asked);
  if (group.id === "light" && isOtherLight(chosen, acts)) return true;
  if (group.id === "hair" || group.sets === "hairstyle" || choice.sets === "hairstyle") {
    return isOtherHair(chosen, asked);
  }
  if (group.id === "expression") {
    const isOfMood = choice.traits?.includes("mood") === true;
    return isOfMood && request.changes.has("expression") && acts.some((act) => MOODS.test(act));
  }
  if (group.id === "skin") {
    return OWN_TONE.test(choice.change.en) && acts.some((act) => OTHER_TONE.test(act));
  }
  if (isTakenAway(chosen, acts)) return true;
  if (group.id === "furniture" || group.id === "food") {
    return STANDS_ONCE.some(
      (thing) => thing.test(choice.change.en) && acts.some((act) => thing.test(act)),
    );
  }
  if (group.id === "accessories") {
    return WORN.some((kind) => kind.test(choice.change.en) && acts.some((act) => kind.test(act)));
  }
  if (group.id === "weather") {
    return SKY.test(choice.change.en) && acts.some((act) => SKY.test(act));
  }
  if (slotOf(chosen) === "setting") return setsOtherPlace(chosen, asked);
  return isOtherClothing(chosen, asked);
}

/** Who is to be dressed, or to smile, cannot go. */
function needsSomeone({ acts, request }: Asked): boolean {
  const isOfPerson = PERSON_SUBJECTS.some((subject) => request.changes.has(subject));
  return isOfPerson && acts.some((act) => !/^(?:Remove|Erase|Delete)\b/.test(act));
}

/** A choice brings what the words take away. */
function isTakenAway({ choice }: ChosenChange, acts: readonly string[]): boolean {
  if (!BRINGS.test(choice.change.en)) return false;
  return acts.some((act) => {
    const thing = TAKES_AWAY.exec(act)?.[1]?.split(" ").at(-1)?.replace(/s$/, "");
    return (
      thing !== undefined &&
      thing.length > 2 &&
      new RegExp(`\\b${thing}s?\\b`, "i").test(choice.change.en)
    );
  });
}

function setsOtherPlace({ group }: ChosenChange, { acts, request }: Asked): boolean {
  const isRoom = group.cast === "room";
  return acts.some(
    (act) =>
      hasSettingOf(act, isRoom ? "room" : "place") || (!isRoom && movesToPlace(act, request)),
  );
}

function isOtherClothing(chosen: ChosenChange, { acts, request }: Asked): boolean {
  const isColor = chosen.choice.color !== undefined;
  if (!request.changes.has("clothing") || (slotOf(chosen) !== "outfit" && !isColor)) return false;
  if (!isColor && newColorOf(chosen, acts) !== null) return false;
  return acts.some((act) => isOfNewClothes(act) && (!isColor || COLORS.test(act)));
}

/** Whether a sentence changes what someone wears on the whole, rather than the trousers alone. */
export function isOfNewClothes(act: string): boolean {
  return NEW_CLOTHES.test(act) && CLOTHES.test(act.replace(/^Dress\b/, ""));
}

function isOtherHair(chosen: ChosenChange, { acts, request }: Asked): boolean {
  if (!request.changes.has("hair")) return false;
  const of = acts.filter((act) => /\bhair|\bbangs\b|\bponytail\b|\bbun\b|^Dye\b/i.test(act));
  const isDye = /^Dye\b/.test(chosen.choice.change.en);
  const isCut = slotOf(chosen) === "hairstyle";
  return of.some((act) => (isDye && COLORS.test(act)) || (isCut && HAIRCUTS.test(act)));
}

function isOtherLight({ choice }: ChosenChange, acts: readonly string[]): boolean {
  const has = (trait: "dark" | "sunlight" | "daylight"): boolean =>
    choice.traits?.includes(trait) === true;
  const isOfTone = choice.changes !== undefined;
  return acts.some(
    (act) =>
      (!isOfTone && NEW_LIGHT.test(act)) ||
      (has("dark") && BRIGHTER.test(act)) ||
      ((has("sunlight") || has("daylight")) && DARKER.test(act)) ||
      (isOfTone && isOpposite(choice.change.en, act)),
  );
}

function isOpposite(one: string, other: string): boolean {
  return (WARM.test(one) && COOL.test(other)) || (COOL.test(one) && WARM.test(other));
}

/** A sentence that only gives clothes another color. */
const ONLY_COLORS =
  /^(?:Change|Make|Turn) the ([a-z-]+)(?: color)? (?:to |into )?((?:(?:light|dark|pale|deep|bright|pastel|sky|navy) )?[a-z]+)\.$/i;
/** Clothes by names that fit every outfit. */
const ANY_CLOTHES = /^(?:outfit|clothes|clothing|shirt|top)$/i;

/**
 * The color that the words give a chosen outfit without asking for other clothes, in English; `null`
 * when they do not, or when the outfit has a color in its very name.
 */
export function newColorOf(
  { choice }: Pick<ChosenChange, "choice">,
  acts: readonly string[],
): string | null {
  if (choice.recolor === undefined || COLORS.test(choice.title.en)) return null;
  for (const act of acts) {
    const [, clothes = "", color = ""] = ONLY_COLORS.exec(act) ?? [];
    const isOfOutfit = ANY_CLOTHES.test(clothes) || choice.change.en.includes(` ${clothes}`);
    if (clothes !== "" && isOfOutfit && COLORS.test(color)) return color;
  }
  return null;
}
