import type { MarkerRole, Phrase } from "./phrase.ts";
import type { Token } from "./token.ts";

/** A place in a row of tokens that moves forward as the grammar reads. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private index = 0;
  /** How many noun phrases are being read inside each other. */
  depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get position(): number {
    return this.index;
  }

  /** Goes back to a place read before. */
  rewind(position: number): void {
    this.index = position;
  }

  /** The token `ahead` of the next one; `null` behind the end. */
  peek(ahead = 0): Token | null {
    return this.tokens[this.index + ahead] ?? null;
  }

  /** The phrase of that kind that comes next, after spaces when `overSpaces`; reads it. */
  take<Kind extends Phrase["kind"]>(
    kind: Kind,
    test: (phrase: Extract<Phrase, { kind: Kind }>) => boolean = () => true,
  ): Extract<Phrase, { kind: Kind }> | null {
    const found = this.phraseAt(kind, 0);
    if (found === null || !test(found)) return null;
    this.index += 1;
    return found;
  }

  /** The phrase of that kind at that place; `null` when something else stands there. */
  phraseAt<Kind extends Phrase["kind"]>(
    kind: Kind,
    ahead: number,
  ): Extract<Phrase, { kind: Kind }> | null {
    const token = this.peek(ahead);
    if (token?.kind !== "phrase") return null;
    return isKind(token.phrase, kind) ? token.phrase : null;
  }

  takeMarker(...roles: MarkerRole[]): MarkerRole | null {
    return this.take("marker", (marker) => roles.includes(marker.role))?.role ?? null;
  }

  isMarker(role: MarkerRole, ahead = 0): boolean {
    return this.phraseAt("marker", ahead)?.role === role;
  }

  skip(): Token | null {
    const token = this.peek();
    if (token !== null) this.index += 1;
    return token;
  }

  /** Passes over spaces. */
  skipSpaces(): void {
    while (this.isSpace(0)) this.index += 1;
  }

  isSpace(ahead: number): boolean {
    const token = this.peek(ahead);
    return token?.kind === "break" && token.strength === "soft";
  }

  /** Whether a space stood before what was read `back` tokens ago. */
  wasSpace(back: number): boolean {
    const token = this.tokens[this.index - back - 1];
    return token?.kind === "break";
  }

  /** Whether the clause goes on to say that. */
  hasMarkerAhead(role: MarkerRole): boolean {
    for (let ahead = 0; ahead < 24; ahead += 1) {
      const token = this.peek(ahead);
      if (token === null || (token.kind === "break" && token.strength === "hard")) return false;
      if (this.isMarker(role, ahead)) return true;
    }
    return false;
  }

  /** How many spaces stand next. */
  spaces(): number {
    let count = 0;
    while (this.isSpace(count)) count += 1;
    return count;
  }
}

function isKind<Kind extends Phrase["kind"]>(
  phrase: Phrase,
  kind: Kind,
): phrase is Extract<Phrase, { kind: Kind }> {
  return phrase.kind === kind;
}
