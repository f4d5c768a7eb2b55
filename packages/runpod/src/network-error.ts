const LONGEST_CAUSE_CHAIN = 8;

/** Codes and names along an error's chain of causes, outermost first; what is no error has none. */
export function networkCodes(error: unknown): string[] {
  return chainOf(error).flatMap((each) => {
    const code = "code" in each && typeof each.code === "string" ? [each.code] : [];
    return [...code, each.name];
  });
}

/** One line per error of the chain, for operators: `TypeError: fetch failed`. Not redacted. */
export function describeNetworkError(error: unknown): string {
  const chain = chainOf(error);
  if (chain.length === 0) return String(error);
  return chain
    .map((each) => {
      const code = "code" in each && typeof each.code === "string" ? ` (${each.code})` : "";
      return `${each.name}${code}: ${each.message}`;
    })
    .join("\n");
}

function chainOf(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > LONGEST_CAUSE_CHAIN) return [];
  const inner: unknown[] = error instanceof AggregateError ? error.errors.slice(0, 4) : [];
  return [error, ...[...inner, error.cause].flatMap((each) => chainOf(each, depth + 1))];
}
