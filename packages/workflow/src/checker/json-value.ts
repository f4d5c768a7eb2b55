/** Deeper than any value a node takes; a hostile one is cut off there. */
const MAX_DEPTH = 100;

/** A verdict travels as JSON, which has no bigint: what was read exactly is rounded again. */
export function jsonValue(value: unknown, depth = 0): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "...";
  if (Array.isArray(value)) return value.map((each) => jsonValue(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, jsonValue(each, depth + 1)]),
  );
}
