import { endsClause, hasContent } from "./clause-end.ts";
import { readPart } from "./read-part.ts";
import { type Clause, emptyClause } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";
import type { Token } from "./token.ts";

/** A row of tokens as clauses, one for each thing that is asked. */
export function parseClauses(tokens: readonly Token[]): Clause[] {
  const reader = new TokenReader(
    tokens.filter((token) => token.kind !== "phrase" || token.phrase.kind !== "filler"),
  );
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

/** "ผมยาวขึ้นและเป็นลอน": what is only described is what was spoken of before. */
function inherit(clause: Clause, before: Clause | undefined, isJoined: boolean): Clause {
  const thing = before?.object ?? before?.subject ?? null;
  const isOpen = clause.subject === null && clause.object === null && clause.recipient === null;
  if (thing === null || !isOpen || !leavesOpen(clause, before, isJoined)) return clause;
  return { ...clause, object: { ...thing, qualities: [], and: [], determiner: "same" } };
}

/** Whether a clause speaks of something it does not name. */
function leavesOpen(clause: Clause, before: Clause | undefined, isJoined: boolean): boolean {
  const { verb, target, qualities } = clause;
  const frame = verb?.kind === "verb" ? verb.frame : null;
  if (frame === "place") return clause.after.length > 0 && clause.with === null;
  const isSaid = qualities.length > 0 || (target !== null && target.noun === null);
  if (!isSaid) return false;
  if (isJoined) return verb === null || verb.th === "" || frame === "change";
  return verb === null && before?.verb?.kind === "verb" && before.verb.frame === "make";
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
