/**
 * JSON of an API graph, two spaces a level, with whole numbers beyond 2^53 (bigint) printed exactly,
 * which JSON.stringify cannot. Depth is bounded by the conversion.
 * @throws {TypeError} on values JSON cannot carry (functions, non-finite numbers).
 */
export function printGraphJson(value: unknown): string {
  return print(value, "\n");
}

function print(value: unknown, newline: string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) throw unprintable(value);
  if (Array.isArray(value)) {
    return block(
      value.map((item: unknown) => print(item ?? null, `${newline}  `)),
      { open: "[", close: "]", newline },
    );
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      member === undefined ? [] : [`${JSON.stringify(key)}: ${print(member, `${newline}  `)}`],
    );
    return block(members, { open: "{", close: "}", newline });
  }
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw unprintable(value);
  return text;
}

function block(
  items: readonly string[],
  of: { open: string; close: string; newline: string },
): string {
  if (items.length === 0) return of.open + of.close;
  return `${of.open}${of.newline}  ${items.join(`,${of.newline}  `)}${of.newline}${of.close}`;
}

function unprintable(value: unknown): TypeError {
  return new TypeError(`JSON has no form for ${String(value)}`);
}
