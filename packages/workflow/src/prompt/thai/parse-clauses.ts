import { endsClause, hasContent } from "./clause-end.ts";
import { clauseMeaning } from "./clause-meaning.ts";
import { LEXICON } from "./phrasebook.ts";
import { readPart } from "./read-part.ts";
import { segment } from "./segment.ts";
import { type Clause, type NounPhrase, type Quality, emptyClause } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";
import type { Token } from "./token.ts";

/** A row of tokens as clauses, one for each thing that is asked. */
export function parseClauses(tokens: readonly Token[]): Clause[] {
  const reader = new TokenReader(withDimensions(withoutFillers(tokens.flatMap(splitPicture))));
  const clauses: Clause[] = [];
  let isJoined = false;
  while (reader.peek() !== null) {
    const start = reader.position;
    const clause = parseClause(reader);
    if (hasContent(clause)) clauses.push(inherit(clause, clauses.at(-1), isJoined));
    isJoined = reader.phraseAt("connector", reader.spaces()) !== null;
    // What begins no clause (a comma, a lone particle) is passed over.
    if (reader.position === start) {
      isJoined = reader.phraseAt("connector", 0) !== null || (isJoined && reader.isSpace(0));
      reader.skip();
    }
  }
  return clauses;
}

/** Without politeness; "ลง Shopee" is where the picture goes, not "less". */
function withoutFillers(tokens: readonly Token[]): Token[] {
  const isFiller = (token: Token | undefined): boolean =>
    token?.kind === "phrase" && token.phrase.kind === "filler";
  return tokens.filter((token, index) => {
    const next = tokens[index + 1];
    const after = next?.kind === "break" ? tokens[index + 2] : next;
    return (
      !isFiller(token) && !(token.th === "ลง" && isFiller(after) && /^\w/.test(after?.th ?? ""))
    );
  });
}

/** "รูปที่ฉีกขาด": without a number "รูปที่" is a picture and what tells of it. */
function splitPicture(token: Token, index: number, tokens: readonly Token[]): Token[] {
  const isMarker =
    token.kind === "phrase" && token.phrase.kind === "marker" && /^(?:รูป|ภาพ)ที่$/.test(token.th);
  const next = tokens[index + 1];
  const after = next?.kind === "break" ? tokens[index + 2] : next;
  const isNumber =
    after?.kind === "number" || (after?.kind === "phrase" && after.phrase.kind === "number");
  if (!isMarker || isNumber) return [token];
  return [token.th.slice(0, 3), "ที่"].flatMap((th): Token[] => {
    const phrase = segment(th, LEXICON.tree)[0]?.phrase ?? null;
    return phrase === null ? [] : [{ kind: "phrase", th, phrase }];
  });
}

/** What a number and a word say together. */
const UNITS: Readonly<Record<string, string>> = { มิติ: "D", ดาว: "-star" };

/** "การ์ตูน 3 มิติ": three dimensions are a look, not three of something. */
function withDimensions(tokens: readonly Token[]): Token[] {
  const known = (token: Token | undefined): string =>
    token?.kind === "phrase" || token?.kind === "number" ? token.th : "";
  const found: Token[] = [];
  for (const token of tokens) {
    const isInch = known(token) === "นิ้ว";
    const [before, last] = [found.at(-2), found.at(-1)];
    const count = last?.kind === "break" ? before : last;
    if (isInch && count?.kind === "number") {
      found.length -= last?.kind === "break" ? 2 : 1;
      continue;
    }
    const unit = UNITS[known(token)];
    if (unit === undefined || !/^[2-7]$/.test(known(count))) {
      found.push(token);
      continue;
    }
    found.length -= last?.kind === "break" ? 2 : 1;
    if (found.at(-1)?.kind === "break") found.length -= 1;
    found.push({ kind: "latin", th: known(count) + unit });
  }
  return found;
}

/** "ผมยาวขึ้นและเป็นลอน": what is only described is what was spoken of before. */
function inherit(clause: Clause, before: Clause | undefined, isJoined: boolean): Clause {
  const actor = actorOf(before);
  if (actor !== null && clause.subject === null && clause.recipient === null && acts(clause)) {
    return { ...clause, subject: { ...actor, determiner: "same" } };
  }
  const thing = before?.object ?? before?.subject ?? null;
  const isOpen = clause.subject === null && clause.object === null && clause.recipient === null;
  if (thing === null || !isOpen || !leavesOpen(clause, before, isJoined)) return clause;
  return { ...clause, object: { ...thing, qualities: [], and: [], determiner: "same" } };
}

/** "ผมฟูไป ทำให้เรียบ": the complaint says of what. */
function isExcess({ degree }: Quality): boolean {
  return degree === "too";
}

/** "ให้หมานั่ง ใส่หมวก": whoever was named goes on doing what is asked next. */
function actorOf(before: Clause | undefined): NounPhrase | null {
  return before !== undefined && acts(before) ? (before.recipient ?? before.subject) : null;
}

function acts(clause: Clause): boolean {
  return ["act", "wear", "hold"].includes(clauseMeaning(clause));
}

/** Whether a clause speaks of something it does not name. */
function leavesOpen(clause: Clause, before: Clause | undefined, isJoined: boolean): boolean {
  const { verb, target, qualities } = clause;
  const frame = verb?.kind === "verb" ? verb.frame : null;
  if (frame === "place") return clause.after.length > 0 && clause.with === null;
  const isSaid = qualities.length > 0 || (target !== null && target.noun === null);
  if (!isSaid) return false;
  const isTooMuch = before?.verb === null && before.subject?.qualities.some(isExcess) === true;
  if (isTooMuch && frame === "make" && target === null) return true;
  if (isJoined) return verb === null || verb.th === "" || frame === "change";
  if (verb !== null || before?.verb?.kind !== "verb") return false;
  const isLength = qualities.every(({ adjective }) => adjective.order === "size");
  return before.verb.frame === "make" || (before.verb.frame === "change" && isLength);
}

function parseClause(reader: TokenReader): Clause {
  const clause = emptyClause();
  while (reader.peek() !== null) {
    if (endsClause(reader, clause)) break;
    const start = reader.position;
    if (!readPart(reader, clause)) break;
    // Whatever a part made of it, each turn goes forward: no request may be read for ever.
    if (reader.position === start) reader.skip();
  }
  return clause;
}
