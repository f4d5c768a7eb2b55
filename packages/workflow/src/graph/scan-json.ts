/** Subgraphs nest; nothing we know comes near this. */
const MAX_DEPTH = 200;

/** Python, and so ComfyUI, reads no whole number of more digits. */
const MAX_DIGITS = 4300;

const DIGITS = "0123456789";

/**
 * Looks through a JSON text before it is parsed; what is no JSON at all is left to the parser. Letter
 * by letter, for a regular expression runs out of stack on the pictures some graphs carry as text.
 * @throws {SyntaxError} on a key that stands twice in one object, on nesting deeper than 200, and on
 *   whole numbers of more than 4300 digits.
 */
export function scanJson(text: string): void {
  // One entry per open bracket: the keys of an object so far, null for a list.
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    // Only whole numbers are limited: behind a point nothing is counted until the number ends.
    digits = DIGITS.includes(letter) ? digits + 1 : letter === "." ? -Infinity : 0;
    if (digits > MAX_DIGITS) throw new SyntaxError(`a number of more than ${MAX_DIGITS} digits`);
    if (letter === '"') {
      const end = endOfString(text, at);
      if (expectsKey) noteKey(open.at(-1) ?? null, text.slice(at, end));
      at = end - 1;
    } else if (letter === "{" || letter === "[") {
      open.push(letter === "{" ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH}`);
      expectsKey = letter === "{";
    } else if (letter === "}" || letter === "]") {
      open.pop();
      expectsKey = false;
    } else if (letter === "," || letter === ":") {
      expectsKey = letter === "," && (open.at(-1) ?? null) !== null;
    }
  }
}

/** Behind the closing quote; of a string that is never closed the parser will say what is wrong. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') return at + 1;
    if (letter === "\\") at += 1;
  }
  return text.length;
}

function noteKey(keys: Set<string> | null, quoted: string): void {
  const key: unknown = JSON.parse(quoted);
  if (keys === null || typeof key !== "string") return;
  if (keys.has(key)) throw new SyntaxError(`the key ${quoted} stands twice`);
  keys.add(key);
}
