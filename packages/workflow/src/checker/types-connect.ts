/**
 * Whether an output may feed an input: the same type, a wildcard, a type matched only when it runs,
 * or comma-separated lists with a member in common.
 */
export function typesConnect(received: unknown, wanted: string | readonly unknown[]): boolean {
  if (typeof received !== "string" || typeof wanted !== "string") {
    return JSON.stringify(received) === JSON.stringify(wanted);
  }
  if (received === wanted) return true;
  if (received === "COMFY_MATCHTYPE_V3" || wanted === "COMFY_MATCHTYPE_V3") return true;
  const offered = received.split(",").map((type) => type.trim());
  const accepted = wanted.split(",").map((type) => type.trim());
  return (
    offered.includes("*") ||
    accepted.includes("*") ||
    offered.some((type) => accepted.includes(type))
  );
}
