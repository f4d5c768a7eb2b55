import { asksForStyleInEnglish } from "../english-subjects.ts";
import { normalizeRequest } from "../normalize-request.ts";
import type { Subject } from "../subjects.ts";
import type { TranslatedRequest } from "../translated-request.ts";
import { joinLines, quoteRequest, translateEnglish } from "../translate-english.ts";
import { clauseSubjects } from "./clause-subjects.ts";
import { parseClauses } from "./parse-clauses.ts";
import { LEXICON } from "./phrasebook.ts";
import { renderClause } from "./render-clause.ts";
import type { Clause } from "./syntax.ts";
import { tidyRequest } from "./tidy-request.ts";
import type { Token } from "./token.ts";
import { requestLiterals, tokenize } from "./tokenize.ts";

export type { TranslatedRequest } from "../translated-request.ts";

/**
 * A free request, normalised or not, as English imperative sentences, and what it is about. Thai is
 * segmented by the phrasebook and read clause by clause; English that begins with a verb passes
 * through; anything else is quoted. The same text gives the same answer.
 */
export function translateRequest(normalized: string): TranslatedRequest {
  const request = normalizeRequest(normalized);
  if (!/\p{Script=Thai}/u.test(request)) return translateEnglish(request);
  const tokens = tokenize(request, LEXICON);
  const clauses = parseClauses(tokens);
  const sentences = clauses.flatMap((clause) => renderClause(clause)).map(asSentence);
  const unknown = unknownPieces(tokens);
  const literals = requestLiterals(request).map((literal) => literal.text);
  const told = isMostlyKnown(tokens) ? withoutRepeats(sentences) : [];
  // What the grammar could not place is not lost: then the request stands whole behind what was read.
  const isWhole = [...unknown, ...literals].every((piece) => told.join(" ").includes(piece));
  const said = told.length > 0 && isWhole ? told : [...told, quoteRequest(joinLines(request))];
  return {
    sentences: said,
    th: tidyRequest(request, tokens),
    ...subjectsOf(clauses),
    unknown,
    literals,
    isStyle: said.some((sentence) => asksForStyleInEnglish(withoutQuotes(sentence))),
    pictures: picturesIn(said),
  };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function withoutRepeats(sentences: readonly string[]): string[] {
  const isSharpened = sentences.some((sentence) => sentence.startsWith("Sharpen the "));
  return [...new Set(sentences)].filter(
    (sentence) => !(isSharpened && sentence === "Make the picture sharp."),
  );
}

function unknownPieces(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.flatMap((token) => (token.kind === "unknown" ? [token.th] : [])))];
}

/** With less than a third of its letters known a request is rather quoted whole than half guessed. */
function isMostlyKnown(tokens: readonly Token[]): boolean {
  const letters = (kinds: readonly Token["kind"][]): number =>
    tokens.reduce((sum, token) => sum + (kinds.includes(token.kind) ? token.th.length : 0), 0);
  return letters(["phrase", "literal", "latin", "number"]) * 2 >= letters(["unknown"]);
}

function subjectsOf(clauses: readonly Clause[]): { changes: Set<Subject>; protects: Set<Subject> } {
  const changes = new Set<Subject>();
  const protects = new Set<Subject>();
  for (const clause of clauses) {
    const subjects = clauseSubjects(clause);
    for (const subject of subjects.changes) changes.add(subject);
    for (const subject of subjects.protects) protects.add(subject);
  }
  return { changes, protects };
}

function picturesIn(sentences: readonly string[]): Set<number> {
  const named = sentences.flatMap((sentence) => [
    ...withoutQuotes(sentence).matchAll(/\bPicture ([23])\b/g),
  ]);
  return new Set(named.map((match) => Number(match[1])));
}

function withoutQuotes(sentence: string): string {
  return sentence.replace(/"[^"]*"|“[^”]*”|«[^»]*»|「[^」]*」/g, "");
}
