const ANY = "*";
/** Matched with its fellow sockets only when the graph runs. */
const MATCHED_LATER = "COMFY_MATCHTYPE_V3";

/**
 * Whether an output may feed an input: the same type, a wildcard, a type matched only when it runs,
 * comma-separated lists with a member in common, or a list of choices where any choice is taken.
 */
export function typesConnect(received: unknown, wanted: string | readonly unknown[]): boolean {
  if ([received, wanted].some((type) => type === ANY || type === MATCHED_LATER)) return true;
  if (Array.isArray(received) && wanted === "COMBO") return true;
  if (typeof received !== "string" || typeof wanted !== "string") {
    return JSON.stringify(received) === JSON.stringify(wanted);
  }
  if (received === wanted) return true;
  const offered = received.split(",").map((type) => type.trim());
  const accepted = wanted.split(",").map((type) => type.trim());
  return (
    offered.includes(ANY) ||
    accepted.includes(ANY) ||
    offered.some((type) => accepted.includes(type))
  );
}
