import type { Noun } from "./phrase.ts";
import type { Quality } from "./syntax.ts";

/** What a quality is called of some things: skin is not "white" in English, nor light "cozy". */
interface Collocation {
  /** The English of the phrasebook. */
  en: string;
  /** Of which nouns: of these classes, or those whose English it matches. */
  of: readonly Noun["class"][] | RegExp;
  instead: string;
  /** Where that is a colour rather than what the phrasebook says it is. */
  isColor?: true;
}

const COLLOCATIONS: readonly Collocation[] = [
  { en: "cozy", of: ["light", "effect"], instead: "warm" },
  { en: "airy", of: /curtain|dress|shirt|skirt|fabric/, instead: "sheer" },
  { en: "plain", of: /shirt|clothes|dress|outfit|pants|hair|fabric|tablecloth/, instead: "smooth" },
  { en: "wide", of: /room|kitchen|house|cafe|office|shop/, instead: "spacious" },
  { en: "thick", of: ["text"], instead: "bold" },
  { en: "fresh", of: /juice|tea|coffee|soda|drink|smoothie|water$/, instead: "refreshing" },
  { en: "refreshingly cool", of: ["picture", "effect"], instead: "cool-toned" },
  { en: "fair and smooth", of: ["background", "furniture"], instead: "pure white", isColor: true },
  { en: "bright and clear", of: ["background"], instead: "bright white", isColor: true },
  { en: "double-lidded", of: ["place", "furniture"], instead: "two-story" },
  { en: "single-lidded", of: ["place", "furniture"], instead: "single-story" },
  { en: "double-lidded", of: ["food"], instead: "two-tier" },
  { en: "light", of: ["light"], instead: "soft" },
  { en: "dewy", of: ["food"], instead: "juicy" },
  { en: "equal in size", of: ["body"], instead: "level" },
  { en: "tall", of: ["hair"], instead: "voluminous" },
  { en: "high-bridged", of: ["picture"], instead: "raised" },
];

/** A quality as English says it of that noun. */
export function fitQuality(quality: Quality, noun: Noun | null): Quality {
  if (noun === null) return quality;
  const { adjective } = quality;
  if (noun.class === "body" && /skin|face/.test(noun.en) && adjective.en === "white")
    return { ...quality, adjective: { ...adjective, en: "fair", order: "opinion" } };
  const found = COLLOCATIONS.find(
    ({ en, of }) =>
      en === adjective.en && (of instanceof RegExp ? of.test(noun.en) : of.includes(noun.class)),
  );
  if (found === undefined) return quality;
  const order = found.isColor === true ? "color" : adjective.order;
  return { ...quality, adjective: { ...adjective, en: found.instead, order } };
}
