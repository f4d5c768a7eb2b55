import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";

/** What the picture shows already comes to stand somewhere else. */
const SETS_THE_PLACE =
  /^(?:Place|Put|Set|Show) (?:(?:the|this|these) (?:[a-z-]+ ){1,3}|(?:her|him|them|me|us|it) )(?:on|in|at|by|against|among|under|inside|in front of)\b(?!.* from Picture)/;
/** So does someone who is to stand "on a beach" or "in front of Wat Arun", but not "on the sofa". */
const MOVES_SOMEONE =
  /^(?:Make|Have) (?:the|this) [a-z]+ (?:stand|sit|lie|walk|run|kneel|pose)\w* (?:[a-z]+ )?(?:on|in|at|by|under|in front of) (?:an? |the (?=[A-Z])|(?=[A-Z]))/;

/** A new place named as such; night, day and seasons come over the old one. */
const SETTING_OF = {
  place:
    /^(?:Change|Replace|Swap|Turn|Set|Make) (?:the |this )?(?:whole |entire )?(?:background|backdrop|scene|setting|location)(?: color)?\b(?! blur)(?! (?:(?:to|into|with) )?(?:the )?(?:night|day|evening|morning|winter|summer|autumn|darker|brighter|blurry|blurred)\w*\.$)/,
  room: /^(?:Decorate|Restyle|Turn|Redesign|Make|Change) (?:the |this )?(?:whole )?room\b(?!.*\b(?:brighter|darker|bigger|cleaner|tidy)\b)/,
} as const satisfies Record<string, RegExp>;

/** Realism is what every photo ends with: a request for it changes none that is edited anyway. */
const IS_OF_REALISM =
  /^(?:Add|Make|Give|Keep|Show)\b[^,;]*\b(?:realistic|photorealistic|lifelike|true to life)\b[^,;]*\.$/i;

/** Whether a sentence of a request only says what stays. */
export function isKeepSentence(sentence: string): boolean {
  return /^(?:Keep\b[^,;]*|Do not\b.*)\.$/.test(sentence);
}

/** Whether a sentence only asks for a picture that looks real. */
export function isRealismSentence(sentence: string): boolean {
  return IS_OF_REALISM.test(sentence) && /\b(?:picture|photo|image|it|result)\b/i.test(sentence);
}

/** The sentences that change something, without the texts quoted in them. */
export function requestActs({ sentences }: Pick<TranslatedRequest, "sentences">): string[] {
  return sentences
    .filter((sentence) => !isKeepSentence(sentence))
    .map((sentence) => sentence.replace(/"[^"]*"|“[^”]*”/g, '""'));
}

/** Whether a sentence names a new place, or a new look of the room. */
export function hasSettingOf(act: string, what: keyof typeof SETTING_OF): boolean {
  return SETTING_OF[what].test(act);
}

/** Whether a sentence puts what is there into another place. */
export function movesToPlace(
  act: string,
  { changes }: Pick<TranslatedRequest, "changes">,
): boolean {
  const isPut = SETS_THE_PLACE.test(act) && !changes.has("clothing") && !changes.has("accessories");
  return isPut || MOVES_SOMEONE.test(act);
}
