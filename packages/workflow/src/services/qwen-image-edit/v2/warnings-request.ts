import { breaksKept, hasTrait, slotOf } from "./chosen.ts";
import type { Trait } from "./option-words.ts";
import { pictureNames } from "./picture-words.ts";
import { requestActs } from "./request-acts.ts";
import { same, type Warn, type WarningFacts } from "./warning-facts.ts";

const PHOTOREALISTIC = /สมจริง|เหมือนจริง|เหมือนภาพถ่าย|photo-?\s?realis|\brealistic\b/iu;

/** Lettering that may be laid over the photo; a named label or logo is the product's own. */
const REMOVES_TEXT = /^(?:Remove|Erase|Delete)\b[^.]*\b(?:text|lettering|letters|words)\b/i;

/** Groups of which a choice gives way to words that ask for something else. */
const RESOLVED_GROUPS: readonly string[] = [
  "outfit-color",
  "hair",
  "expression",
  "accessories",
  "weather",
  "style",
];
const BY_DAY = ["day", "sunny", "studio", "even"] as const satisfies readonly Trait[];
const WITHOUT_WEATHER = ["indoor", "studio", "sunny"] as const satisfies readonly Trait[];
/** Things of which there is one: a choice and a sentence that both name it mean the same one. */
const SAME_THING = [
  /\b(?:lips?|lipstick)\b/i,
  /\b(?:makeup|eyeliner)\b/i,
  /\b(?:tables?|counter)\b/i,
] as const satisfies readonly RegExp[];

/** How much of what is not understood a message repeats. */
const UNKNOWN_SHOWN = 3;
const UNKNOWN_CODE_POINTS = 40;

/** What the free text says besides, or against, the options and pictures. */
export function requestWarnings(facts: WarningFacts, warn: Warn): void {
  const { input, chosen, request } = facts;
  const isDrawn = hasTrait(chosen, "drawn") || request.isStyle;
  if (isDrawn && input.prompt !== null && PHOTOREALISTIC.test(input.prompt)) {
    warn("STYLE_AND_PHOTOREALISTIC", hasTrait(chosen, "drawn") ? "options.style" : "prompt");
  }
  const missing = [...request.pictures].filter((picture) => picture > 1 + input.extraImages);
  if (missing.length > 0) {
    warn("PICTURE_NAMED_MISSING", "prompt", {
      pictures: pictureNames(missing.toSorted((a, b) => a - b)),
    });
  }
  if (request.literals.some((literal) => /\p{Script=Thai}/u.test(literal))) {
    warn("THAI_LETTERING", "prompt");
  }
  if (request.unknown.length > 0) {
    warn("UNKNOWN_WORDS", "prompt", { words: same(unknownWords(request.unknown)) });
  }
  if (isSameSubject(facts)) warn("REQUEST_AND_OPTION", "prompt");
  protectWarnings(facts, warn);
}

function unknownWords(unknown: readonly string[]): string {
  const shown = unknown.slice(0, UNKNOWN_SHOWN).map((piece) => {
    const letters = Array.from(piece);
    const isLong = letters.length > UNKNOWN_CODE_POINTS;
    return `“${isLong ? `${letters.slice(0, UNKNOWN_CODE_POINTS).join("")}…` : piece}”`;
  });
  return shown.join(" ") + (unknown.length > UNKNOWN_SHOWN ? " …" : "");
}

/**
 * Whether words and an option may be about the same thing, though both are done. Where one of them
 * clearly loses it is left out already.
 */
function isSameSubject({ chosen, request }: WarningFacts): boolean {
  const acts = requestActs(request);
  const unlike = [
    ...(acts.some((act) => /\bnight\b/i.test(act)) ? BY_DAY : []),
    ...(acts.some((act) => /\b(?:rain|snow|storm)\w*\b/i.test(act)) ? WITHOUT_WEATHER : []),
  ];
  return chosen.changes.some((change) => {
    const { group, choice, changes, remains } = change;
    const isOfSameThing = SAME_THING.some(
      (thing) => thing.test(choice.change.en) && acts.some((act) => thing.test(act)),
    );
    if (isOfSameThing) return true;
    if (slotOf(change) === "setting" && unlike.length > 0) {
      return unlike.some((trait) => choice.traits?.includes(trait) === true);
    }
    if (RESOLVED_GROUPS.includes(group.id) || slotOf(change) !== null) return false;
    return changes.some(
      (subject) =>
        subject !== "objects" && request.changes.has(subject) && remains[subject] === undefined,
    );
  });
}

function protectWarnings({ chosen, request }: WarningFacts, warn: Warn): void {
  for (const change of chosen.changes) {
    const { group, choice } = change;
    const isBroken = [...request.protects].some((subject) => breaksKept(change, subject));
    if (isBroken) warn("REQUEST_PROTECTS_OPTION", `options.${group.id}`, { title: choice.title });
  }
  const removesText = requestActs(request).some((act) => REMOVES_TEXT.test(act));
  const kept = chosen.keeps.find(({ choice }) => choice.covers.includes("text"));
  if (removesText && kept !== undefined) {
    warn("KEEP_AND_REMOVE_TEXT", "prompt", { title: kept.choice.title });
  }
}
