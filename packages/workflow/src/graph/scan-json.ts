/** Subgraphs nest; nothing we know comes near this. */
const MAX_DEPTH = 200;

/** Python, and so ComfyUI, reads no whole number of more digits. */
const MAX_DIGITS = 4300;

// An unterminated string takes the rest: the parser will say what is wrong with it.
const TOKEN = /"(?:[^"\\]|\\.)*(?:"|$)|[{}[\],:]|-?\d+/gs;

/**
 * Looks through a JSON text before it is parsed; what is no JSON at all is left to the parser.
 * @throws {SyntaxError} on a key that stands twice in one object, on nesting deeper than 200, and on
 *   whole numbers of more than 4300 digits.
 */
export function scanJson(text: string): void {
  // One entry per open bracket: the keys of an object so far, null for a list.
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('"')) {
      if (expectsKey) noteKey(open.at(-1) ?? null, token);
    } else if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH}`);
      expectsKey = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      expectsKey = false;
    } else if (token === "," || token === ":") {
      expectsKey = token === "," && (open.at(-1) ?? null) !== null;
    } else if (token.length > MAX_DIGITS) {
      throw new SyntaxError(`a number of more than ${MAX_DIGITS} digits`);
    }
  }
}

function noteKey(keys: Set<string> | null, quoted: string): void {
  const key: unknown = JSON.parse(quoted);
  if (keys === null || typeof key !== "string") return;
  if (keys.has(key)) throw new SyntaxError(`the key ${quoted} stands twice`);
  keys.add(key);
}
