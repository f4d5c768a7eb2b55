import { scanJson } from "./scan-json.ts";

/**
 * JSON.parse for graphs from outside. Whole numbers beyond ±(2^53−1) stay exact, as bigint: ComfyUI's
 * largest seed is 2^64−1 and would otherwise be rounded to 2^64, which it refuses. A key that stands
 * twice in one object is refused, for which of the two counts differs from reader to reader, and so
 * is nesting deeper than any graph.
 * @throws {SyntaxError} when the text is not JSON, or is refused.
 */
export function parseGraphJson(text: string): unknown {
  scanJson(text);
  return JSON.parse(text, keepExact);
}

/** The third argument exists since Node 21; TypeScript's library does not know it yet. */
function keepExact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === "number" && !Number.isSafeInteger(value);
  const source = context?.source ?? "";
  return isRounded && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
