/**
 * JSON.parse that keeps whole numbers beyond ±(2^53−1) exact, as bigint: ComfyUI's largest seed is
 * 2^64−1 and would otherwise be rounded to 2^64, which it refuses.
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseGraphJson(text: string): unknown {
  return JSON.parse(text, keepExact);
}

/** The third argument exists since Node 21; TypeScript's library does not know it yet. */
function keepExact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === "number" && !Number.isSafeInteger(value);
  const source = context?.source ?? "";
  return isRounded && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
