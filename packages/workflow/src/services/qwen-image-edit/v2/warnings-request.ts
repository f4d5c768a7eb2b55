import type { Subject } from "../../../prompt/subjects.ts";
import { hasTrait } from "./chosen.ts";
import { pictureNames } from "./picture-words.ts";
import { same, type Warn, type WarningFacts } from "./warning-facts.ts";

const PHOTOREALISTIC = /สมจริง|เหมือนจริง|เหมือนภาพถ่าย|photo-?\s?realis|\brealistic\b/iu;

/** An instruction that does away with lettering, which a kept label would not survive. */
const REPLACES_TEXT =
  /^(?:Remove|Erase|Delete|Replace|Change)\b[^.]*\b(?:text|label|logo|lettering|letters|words|name)\b/i;

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

/** A new background or style brings its own light and colors: these alone count only without one. */
function isSameSubject({ chosen, request }: WarningFacts): boolean {
  const byOptions = new Set(
    chosen.changes.flatMap(({ changes, remains }) =>
      changes.filter((subject) => remains[subject] === undefined),
    ),
  );
  const hasBackground = byOptions.has("background") || request.changes.has("background");
  const hasTwoStyles = request.isStyle && hasTrait(chosen, "drawn");
  const isByTheWay = (subject: Subject): boolean =>
    (hasBackground || hasTwoStyles) && (subject === "light" || subject === "colorTone");
  return [...request.changes].some((subject) => byOptions.has(subject) && !isByTheWay(subject));
}

function protectWarnings({ chosen, request }: WarningFacts, warn: Warn): void {
  for (const { group, choice, changes, remains } of chosen.changes) {
    const breaks = changes.some(
      (subject) => request.protects.has(subject) && remains[subject] === undefined,
    );
    if (breaks) warn("REQUEST_PROTECTS_OPTION", `options.${group.id}`, { title: choice.title });
  }
  for (const { group, choice } of chosen.keeps) {
    const isThreatened = choice.covers.some((subject) =>
      subject === "text"
        ? request.sentences.some((sentence) => REPLACES_TEXT.test(sentence))
        : request.changes.has(subject),
    );
    if (isThreatened) {
      warn("KEEP_AND_REQUEST", `options.${group.id}`, { title: choice.title });
    }
  }
}
