import type { Phrase } from "./phrase.ts";
import { CLOTHING_TERMS } from "./phrasebook/clothing-terms.ts";
import { COLOR_TERMS } from "./phrasebook/color-terms.ts";
import { COMMON_WORDS } from "./phrasebook/common-words.ts";
import { STREET_TERMS } from "./phrasebook/street-terms.ts";
import { DETAIL_TERMS } from "./phrasebook/detail-terms.ts";
import { EVERYDAY_TERMS } from "./phrasebook/everyday-terms.ts";
import { FOOD_TERMS } from "./phrasebook/food-terms.ts";
import { GRAMMAR_TERMS } from "./phrasebook/grammar-terms.ts";
import { OBJECT_TERMS } from "./phrasebook/object-terms.ts";
import { PERSON_TERMS } from "./phrasebook/person-terms.ts";
import { PICTURE_TERMS } from "./phrasebook/picture-terms.ts";
import { PLACE_TERMS } from "./phrasebook/place-terms.ts";
import { PRODUCT_TERMS } from "./phrasebook/product-terms.ts";
import { QUALITY_TERMS } from "./phrasebook/quality-terms.ts";
import { REQUEST_TERMS } from "./phrasebook/request-terms.ts";
import { ROOM_TERMS } from "./phrasebook/room-terms.ts";
import { SCENE_TERMS } from "./phrasebook/scene-terms.ts";
import { VERB_TERMS } from "./phrasebook/verb-terms.ts";
import { SHAPE_TERMS } from "./phrasebook/shape-terms.ts";
import { CRAFT_TERMS } from "./phrasebook/craft-terms.ts";
import { ACTION_TERMS } from "./phrasebook/action-terms.ts";
import { ANIMAL_TERMS } from "./phrasebook/animal-terms.ts";
import { HAIR_TERMS } from "./phrasebook/hair-terms.ts";
import { LOOK_TERMS } from "./phrasebook/look-terms.ts";
import { growPhraseTree } from "./segment.ts";
import type { Lexicon } from "./tokenize.ts";

/** Everything the translation knows, each Thai term once. */
export const PHRASEBOOK: readonly Phrase[] = [
  ...GRAMMAR_TERMS,
  ...VERB_TERMS,
  ...CRAFT_TERMS,
  ...ACTION_TERMS,
  ...REQUEST_TERMS,
  ...EVERYDAY_TERMS,
  ...DETAIL_TERMS,
  ...STREET_TERMS,
  ...COLOR_TERMS,
  ...QUALITY_TERMS,
  ...LOOK_TERMS,
  ...SHAPE_TERMS,
  ...PERSON_TERMS,
  ...HAIR_TERMS,
  ...CLOTHING_TERMS,
  ...PRODUCT_TERMS,
  ...FOOD_TERMS,
  ...ROOM_TERMS,
  ...PLACE_TERMS,
  ...SCENE_TERMS,
  ...OBJECT_TERMS,
  ...ANIMAL_TERMS,
  ...PICTURE_TERMS,
];

/** The phrasebook in the form words are looked up in. */
export const LEXICON: Lexicon = {
  tree: growPhraseTree(PHRASEBOOK, COMMON_WORDS),
  english: englishIndex(PHRASEBOOK),
};

/** Nouns, adjectives and plain verbs by their English, for requests that mix both languages. */
function englishIndex(phrases: readonly Phrase[]): ReadonlyMap<string, Phrase> {
  const index = new Map<string, Phrase>();
  for (const phrase of phrases) {
    const isWord = phrase.kind === "noun" || phrase.kind === "adjective";
    const en = isWord || (phrase.kind === "verb" && phrase.frame !== "do") ? phrase.en : "";
    if (/^\w/.test(phrase.th)) index.set(phrase.th.toLowerCase(), phrase);
    const key = en.toLowerCase();
    if (key === "" || index.has(key)) continue;
    index.set(key, phrase);
  }
  return index;
}
