// Everything Unicode calls a control character but tab and line feed; CR only as part of CR LF.
const CONTROL_CHARACTER = /(?![\t\n])\p{Cc}/u;

/**
 * Whether a raw prompt may be worked with; `null` when it may. Its length is counted in Unicode
 * code points, before anything is cleaned away.
 */
export function checkPrompt(
  prompt: string,
  maxCodePoints: number,
): "PROMPT_TOO_LONG" | "PROMPT_INVALID" | null {
  if (!prompt.isWellFormed()) return "PROMPT_INVALID";
  if (CONTROL_CHARACTER.test(prompt.replaceAll("\r\n", "\n"))) return "PROMPT_INVALID";
  // A string of n code units holds at least n/2 code points: a huge one is refused uncounted.
  if (prompt.length > maxCodePoints * 2 || Array.from(prompt).length > maxCodePoints) {
    return "PROMPT_TOO_LONG";
  }
  return null;
}
