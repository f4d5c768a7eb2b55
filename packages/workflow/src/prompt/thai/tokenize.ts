import { findLiterals, type Literal } from "../find-literals.ts";
import { segment, type PhraseTree } from "./segment.ts";
import type { Token } from "./token.ts";

/** What the tokenizer looks words up in. */
export interface Lexicon {
  tree: PhraseTree;
  /** Phrases by the English (lower case) a user may type in place of the Thai. */
  english: ReadonlyMap<string, Extract<Token, { kind: "phrase" }>["phrase"]>;
}

/** "คำว่า SALE 50%" and "เขียนว่า เปิดแล้ว": what follows is to be read in the picture. */
const SAYS =
  /(?<=คำว่า|เขียนว่า|ข้อความว่า|ตัวหนังสือว่า|พิมพ์ว่า|อ่านว่า|ชื่อว่า)\s*(?:([\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}%&+.,!?'@#:/-]*(?: [\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}%&+.,!?'@#:/-]*)*)|([^\s"“«「,]+))/gu;

/** "ข้อความ HAPPY NEW YEAR": capitals behind the word for it. */
const SHOWS = /(?<=ข้อความ|ตัวหนังสือ|ตัวอักษร|ป้าย) +([A-Z][A-Z0-9%&!' ]*[A-Z0-9%!])(?![a-z])/gu;

// All sticky: each is asked at one place of the text, which need not be cut for it.
const LATIN_WORDS =
  /#[0-9A-F]{3,8}(?![0-9A-Z])|(?:\d+(?=\p{Script=Latin}))?[\p{Script=Latin}][\p{Script=Latin}\p{M}\p{N}'’&+.-]*(?: [\p{Script=Latin}][\p{Script=Latin}\p{M}\p{N}'’&+.-]*){0,2}/iuy;
const NUMBER = /\d+(?:[.,]\d+)*(?: ?%)?(?![A-Za-z])/y;
const THAI = /[\u0E00-\u0E3A\u0E40-\u0E4E]+/y;
/** Laughter, written with fives. */
const LAUGHTER = /5{3,}\+*(?!\d)/y;

/** The texts of a request that are to be shown letter for letter, in their order. */
export function requestLiterals(request: string): Literal[] {
  const quoted = findLiterals(request);
  const said = [...request.matchAll(SAYS), ...request.matchAll(SHOWS)].flatMap((match) => {
    const text = (match[1] ?? match[2] ?? "").replace(/[.,:!?]+$/, (end) =>
      end === "!" ? end : "",
    );
    const start = match.index + match[0].length - (match[1] ?? match[2] ?? "").length;
    const isQuoted = quoted.some((q) => start >= q.start && start < q.start + q.quoted.length);
    return text === "" || isQuoted ? [] : [{ text, quoted: text, start }];
  });
  return [...quoted, ...said].toSorted((a, b) => a.start - b.start);
}

/** A normalised request as tokens; what is neither a word nor a number (emoji, symbols) is left out. */
export function tokenize(request: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const literal of requestLiterals(request)) {
    if (literal.start < start) continue;
    tokens.push(...tokenizePlain(request.slice(start, literal.start), lexicon));
    tokens.push({ kind: "literal", th: literal.quoted, text: literal.text });
    start = literal.start + literal.quoted.length;
  }
  tokens.push(...tokenizePlain(request.slice(start), lexicon));
  return tokens;
}

function tokenizePlain(text: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const read = readToken(text, at, lexicon);
    tokens.push(...read.tokens);
    at = read.end;
  }
  return tokens;
}

function readToken(
  text: string,
  at: number,
  lexicon: Lexicon,
): { tokens: readonly Token[]; end: number } {
  const thai = matchAt(THAI, text, at);
  if (thai !== null) return { tokens: thaiTokens(thai, lexicon), end: at + thai.length };
  const laughter = matchAt(LAUGHTER, text, at);
  if (laughter !== null) return { tokens: [], end: at + laughter.length };
  const number = matchAt(NUMBER, text, at);
  if (number !== null) {
    const value = Number(number.replace(/[,%\s]/g, ""));
    const th = number.trim();
    return { tokens: [{ kind: "number", th, value }], end: at + number.length };
  }
  const latin = matchAt(LATIN_WORDS, text, at);
  if (latin !== null) return latinTokens(latin, at, lexicon);
  const letter = text[at] ?? "";
  return { tokens: breakTokens(letter), end: at + 1 };
}

function thaiTokens(thai: string, { tree }: Lexicon): Token[] {
  const tokens: Token[] = [];
  for (const { text, phrase } of segment(thai, tree)) {
    const last = tokens.at(-1);
    if (phrase !== null) tokens.push({ kind: "phrase", th: text, phrase });
    else if (last?.kind === "unknown") last.th += text;
    else tokens.push({ kind: "unknown", th: text });
  }
  return tokens;
}

function matchAt(sticky: RegExp, text: string, at: number): string | null {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? null;
}

/** The longest run of up to three Latin words the phrasebook knows, else one word as it is. */
function latinTokens(
  words: string,
  at: number,
  lexicon: Lexicon,
): { tokens: readonly Token[]; end: number } {
  const run = words.split(" ");
  for (let count = run.length; count > 0; count -= 1) {
    const th = run.slice(0, count).join(" ");
    const phrase = lexicon.english.get(th.toLowerCase().replace(/[.]+$/, ""));
    if (phrase !== undefined)
      return { tokens: [{ kind: "phrase", th, phrase }], end: at + th.length };
  }
  const th = run[0] ?? "";
  return { tokens: [{ kind: "latin", th: th.replace(/\.+$/, "") }], end: at + th.length };
}

function breakTokens(letter: string): Token[] {
  if (letter === " ") return [{ kind: "break", th: letter, strength: "soft" }];
  if (/[\n;.!?]/.test(letter)) return [{ kind: "break", th: letter, strength: "hard" }];
  if (/[,/&|·•()]/.test(letter)) return [{ kind: "break", th: ",", strength: "comma" }];
  return [];
}
