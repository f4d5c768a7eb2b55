import { Buffer } from "node:buffer";
import type { FailedExchange } from "@ob/runpod";

/** Far below what the table takes: PostgreSQL writes JSON with more spaces than we do. */
const MAX_BYTES = 64 * 1024;
/** What a string is cut to, in characters, the first that makes the whole fit. */
const CUTS = [16_000, 4_000, 500, 60] as const;
const MAX_DEPTH = 12;
const MAX_ENTRIES = 200;

/**
 * An exchange as JSON text that PostgreSQL takes: no NUL, no half of a character, at most 64 KiB.
 * What does not fit is cut, and says so.
 */
export function exchangeJson({ backend, operation, cause, ...whole }: FailedExchange): string {
  for (const maxChars of CUTS) {
    const text = JSON.stringify(clean(whole, { maxChars, depth: 0 }));
    if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  }
  const { filePrefix, runpodJobId, startedAt, totalMs } = whole;
  const identity = { filePrefix, runpodJobId, startedAt, totalMs };
  return JSON.stringify({
    ...identity,
    cut: `[too large to keep: ${backend} ${operation} ${cause}]`,
  });
}

function clean(value: unknown, { maxChars, depth }: { maxChars: number; depth: number }): unknown {
  if (typeof value === "string") return cut(value, maxChars);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return plain(value);
  if (depth >= MAX_DEPTH) return "[deeper]";
  const inner = { maxChars, depth: depth + 1 };
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => clean(item, inner));
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([key, item]) => [cut(key, 200), clean(item, inner)]));
}

/** What JSON has no word for is told as text. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  return value;
}

function cut(text: string, maxChars: number): string {
  const whole = text.replaceAll("\0", "�").toWellFormed();
  if (whole.length <= maxChars) return whole;
  return `${whole.slice(0, maxChars).toWellFormed()}… [${whole.length} characters]`;
}
