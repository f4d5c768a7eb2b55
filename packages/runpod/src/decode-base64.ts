import { Buffer } from "node:buffer";

/** The base64 of a data URI, or the text itself. */
export function base64Part(text: string): string {
  return text.startsWith("data:") ? text.slice(text.indexOf(",") + 1) : text;
}

/** About how many bytes base64 stands for, never less, without decoding it. */
export function base64Bytes(text: string): number {
  return Math.ceil((base64Part(text).length * 3) / 4);
}

/** The first `count` bytes of base64, without decoding all of it; fewer where there are fewer. */
export function base64Start(text: string, count: number): Uint8Array {
  const start = base64Part(text).slice(0, count * 3);
  return Buffer.from(start, "base64").subarray(0, count);
}

/** Strict base64, standard alphabet, optional data URI; `null` when it is anything else or empty. */
export function decodeBase64(text: string): Uint8Array | null {
  const compact = base64Part(text).replaceAll(/[\r\n]/g, "");
  if (compact.length === 0 || compact.length % 4 === 1) return null;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, "base64");
}
