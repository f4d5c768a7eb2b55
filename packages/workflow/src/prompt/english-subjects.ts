import { PERSON_SUBJECTS, PRODUCT_SUBJECTS, type Subject } from "./subjects.ts";

/**
 * English words by which a request names what it changes. Naming too much only shortens the
 * keep-list; naming too little would keep what the user asked to change, so the lists are generous.
 */
const SUBJECT_WORDS: readonly (readonly [readonly Subject[], RegExp])[] = [
  [["face"], /\b(?:faces?|younger|older|nose|cheeks?|chin|jaw\w*)\b/gi],
  [["skin", "face"], /\b(?:skin|makeup|make-up|wrinkles?|acne|pimples?|blemish\w*|freckles?)\b/gi],
  [
    ["expression"],
    /\b(?:smil\w*|laugh\w*|expression|eyes?|mouth|lips?|teeth|frown\w*|cry\w*|wink\w*)\b/gi,
  ],
  [["hair"], /\b(?:hair\w*|beard|moustache|mustache|bangs|ponytail|bald|eyebrows?)\b/gi],
  [["pose"], /\b(?:pos(?:e|es|ing|ture)|stand\w*|sit\w*|walk\w*|body|slim\w*|thinner|taller)\b/gi],
  [["hands"], /\b(?:hands?|fingers?|nails?|hold\w*|arms?)\b/gi],
  [
    ["clothing"],
    /\b(?:clothe?s?|clothing|outfits?|shirts?|t-shirts?|dress\w*|suits?|jackets?|trousers|pants|skirts?|coats?|gowns?|uniforms?|sweaters?|hoodies?|jeans)\b/gi,
  ],
  [
    ["accessories"],
    /\b(?:shoes?|hats?|caps?|glasses|sunglasses|necklaces?|earrings?|watch(?:es)?|tie|scar(?:f|ves)|belts?|rings?|crowns?|jewel\w*)\b/gi,
  ],
  [PRODUCT_SUBJECTS, /\b(?:products?|bottles?|box\w*|packag\w+|cans?|jars?|bags?|cups?)\b/gi],
  [
    ["food"],
    /\b(?:food|dish(?:es)?|rice|noodles?|soup|cake|fruits?|drinks?|coffee|meal|steam|garnish\w*)\b/gi,
  ],
  [
    ["furniture"],
    /\b(?:furniture|sofas?|couch|tables?|chairs?|beds?|curtains?|walls?|floors?|shelf|shelves|carpets?|rugs?|lamps?)\b/gi,
  ],
  [
    ["objects"],
    /\b(?:objects?|cars?|cats?|dogs?|flowers?|trees?|wires?|trash|garbage|balloons?|birds?|things?)\b/gi,
  ],
  [
    ["text"],
    /\b(?:texts?|words?|letters?|lettering|logos?|labels?|signs?|watermarks?|captions?|writ\w+)\b|["“«「]/gi,
  ],
  [
    ["background", "light"],
    /\b(?:backgrounds?|backdrop|behind|sky|sea|beach|mountains?|scene\w*|room|rain\w*|snow\w*|weather|studio)\b/gi,
  ],
  [
    ["light"],
    /\b(?:light\w*|relight|bright\w*|dark\w*|shadows?|sun(?:light|ny|set|rise)?|night|daytime|exposure)\b/gi,
  ],
  [
    ["colorTone"],
    /\b(?:tones?|black and white|filters?|contrast|saturation|color grad\w+|colou?ri[sz]e|sepia|vintage)\b/gi,
  ],
  [["framing"], /\b(?:zoom\w*|crop\w*|camera|angle|framing|rotate|close-up|wider)\b/gi],
  [
    PERSON_SUBJECTS,
    /\b(?:remove|replace|erase|delete|move|add)\s+(?:the |this |a |all |every |other )*(?:(?:people|person|persons|man|men|woman|women|boy|girl|child|model|him|them|me)\b(?!['’]s)|her(?=\s*(?:$|[.,;!?]|(?:from|with|in|into|to|on|and|by|out)\b)))/gi,
  ],
  // "Make her smile" changes the smile; "make her a princess" and "turn him into …" change who it is.
  [
    PERSON_SUBJECTS,
    /\b(?:turn|make|transform)\s+(?:the |this |a |all |every |other )*(?:people|person|persons|man|men|woman|women|boy|girl|child|model|him|her|them|me)\s+(?:into|(?:look )?like|an?)\b/gi,
  ],
];

/** Said right before a word, these protect it instead of changing it. */
const PROTECTED_BEFORE =
  /(?:keep(?:ing)?|preserv(?:e|ing)|(?:don['’]t|do not|never) (?:change|touch|alter|edit)|without (?:changing|touching))\s+(?:(?:the|his|her|my|their|its|same|original|exact)\s+)*(?:[\w-]+(?:,| and) (?:the )?)*$/i;

const STYLE_WORDS =
  /\b(?:cartoon|anime|manga|paint(?:ing|ed|erly)|watercolou?r|sketch\w*|drawing|illustration|oil paint\w*|comic|pixar|ghibli|3d|clay|pixel art|pop art|line art|figurine|style of)\b/i;

/** What the English of a request changes and what it protects. */
export function englishSubjects(text: string): { changes: Set<Subject>; protects: Set<Subject> } {
  const changes = new Set<Subject>();
  const protects = new Set<Subject>();
  for (const [subjects, words] of SUBJECT_WORDS) {
    for (const match of text.matchAll(words)) {
      const before = text.slice(Math.max(0, match.index - 60), match.index);
      const found = PROTECTED_BEFORE.test(before) ? protects : changes;
      for (const subject of subjects) found.add(subject);
    }
  }
  return { changes, protects };
}

/** Whether English asks for a drawn or painted look. */
export function asksForStyleInEnglish(text: string): boolean {
  return STYLE_WORDS.test(text);
}
