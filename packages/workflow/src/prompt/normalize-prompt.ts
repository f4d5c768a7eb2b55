/** Marks of direction, joining and width that show nothing, but for what emoji are made of. */
const INVISIBLE = /(?!\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}/gu;

/** A joiner that joins no two emoji. */
const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** What the tokenizer would take for its own control tokens. */
const CONTROL_TOKEN = /<\|[^<>|]*\|>/g;

/** Thai spellings that look the same but are typed differently, and the one we keep. */
const THAI_SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/เเ/g, "แ"],
  [/([\u0E48-\u0E4C])([\u0E31\u0E34-\u0E3A\u0E47])/g, "$2$1"],
  [/([\u0E48-\u0E4B])\u0E4D\u0E32/g, "$1\u0E33"],
  [/\u0E4D([\u0E48-\u0E4B]?)\u0E32/g, "$1\u0E33"],
  [/\u0E33([\u0E48-\u0E4B])/g, "$1\u0E33"],
  [/([\u0E31\u0E34-\u0E3A\u0E47-\u0E4E])\1+/g, "$1"],
];

/** A text in straight or curly double quotes: what the user wants to read in the picture. */
const QUOTED = /"[^"\n]*"|“[^“”\n]*”/g;

/**
 * The text a prompt means: composed (NFC), Thai marks in writing order, Thai digits as Arabic ones
 * outside quotes, without invisible characters and model control tokens, spaces collapsed and
 * lines joined. Doing it twice changes nothing; nothing readable left gives "".
 */
export function normalizePrompt(raw: string): string {
  return collapseSpaces(outsideQuotes(composeText(raw), arabicDigits));
}

/** Composed (NFC), Thai marks in writing order, no invisible characters and control tokens. */
export function composeText(raw: string): string {
  const text = raw
    .replaceAll("\r\n", "\n")
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(STRAY_JOINER, "");
  return thaiSpelling(removeControlTokens(text));
}

/** One space between words, one break between lines, none at the ends. */
export function collapseSpaces(text: string): string {
  return text
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n[ \n]*/g, "\n")
    .trim();
}

/** One rule can make room for another (three marks in a wrong order), so all run until none applies. */
function thaiSpelling(text: string): string {
  let spelled = text;
  for (;;) {
    const next = THAI_SPELLINGS.reduce(
      (written, [typed, kept]) => written.replace(typed, kept),
      spelled,
    ).normalize("NFC");
    if (next === spelled) return spelled;
    spelled = next;
  }
}

function removeControlTokens(text: string): string {
  // Removing one can bring the halves of another together, so it ends only when nothing changes.
  let cleaned = text;
  for (;;) {
    const next = cleaned.replace(CONTROL_TOKEN, "").replace(/<\||\|>/g, "");
    if (next === cleaned) break;
    cleaned = next;
  }
  // ComfyUI reads `embedding:name` as the name of a file to load.
  return cleaned.replace(/embedding:/gi, (match) => `${match.slice(0, -1)} `);
}

/** Thai digits as Arabic ones. */
export function arabicDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

function outsideQuotes(text: string, change: (part: string) => string): string {
  let result = "";
  let end = 0;
  for (const match of text.matchAll(QUOTED)) {
    result += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(text.slice(end));
}
