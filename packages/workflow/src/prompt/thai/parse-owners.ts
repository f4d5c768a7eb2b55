import type { NounPhrase } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** "รูปพ่อกับแม่": whose it is, if two people's. */
export function parseOwners(
  reader: TokenReader,
  parseInner: (reader: TokenReader) => NounPhrase | null,
): NounPhrase | null {
  const owner = parseInner(reader);
  const isPair =
    owner?.head.kind === "noun" &&
    owner.head.noun.class === "person" &&
    reader.phraseAt("noun", 1)?.class === "person";
  if (isPair && reader.take("connector", ({ isClause }) => !isClause) !== null) {
    const other = parseInner(reader);
    if (other !== null) owner.and.push(other);
  }
  return owner;
}
