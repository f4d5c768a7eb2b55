/** Picks one of `count` alternatives, 0 … count − 1. */
export type ChooseAlternative = (count: number) => number;

/** `\\` escapes a letter; both stand in the text until the end. */
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const ESCAPED = /\\([{}|])/g;
const MAX_NESTING = 100;

/**
 * A text with its comments taken out and each `{a|b|{c|d}}` replaced by one alternative, as the front
 * end does to texts it sends. `\{`, `\|` and `\}` stand for themselves. Beyond 100 braces inside each
 * other the text stays as it is.
 */
export function processDynamicPrompt(text: string, choose: ChooseAlternative): string {
  return processNested(text, { choose, depth: 0 });
}

function processNested(text: string, at: { choose: ChooseAlternative; depth: number }): string {
  if (at.depth > MAX_NESTING) return text;
  const input = text.replace(COMMENT, "");
  let result = "";
  let index = 0;
  while (index < input.length) {
    const letter = input.charAt(index);
    if (letter === "\\") {
      result += input.slice(index, index + 2);
      index += 2;
    } else if (letter === "{") {
      const block = readBlock(input, index + 1);
      const chosen = block.alternatives[at.choose(block.alternatives.length)] ?? "";
      result += processNested(chosen, { choose: at.choose, depth: at.depth + 1 });
      index = block.end;
    } else {
      result += letter;
      index += 1;
    }
  }
  return result.replace(ESCAPED, "$1");
}

/** The alternatives from `start`, just after a brace, and where the text goes on after the block. */
function readBlock(input: string, start: number): { alternatives: string[]; end: number } {
  const alternatives: string[] = [];
  let depth = 0;
  let current = "";
  let index = start;
  while (index < input.length) {
    const letter = input.charAt(index);
    if (letter === "\\") {
      current += input.slice(index, index + 2);
      index += 2;
      continue;
    }
    index += 1;
    if (letter === "}" && depth === 0) break;
    if (letter === "|" && depth === 0) {
      alternatives.push(current);
      current = "";
      continue;
    }
    if (letter === "{") depth += 1;
    if (letter === "}") depth -= 1;
    current += letter;
  }
  return { alternatives: [...alternatives, current], end: index };
}
