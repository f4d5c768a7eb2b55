import { Buffer } from "node:buffer";

import { parseJson } from "./read-body.ts";
import { redactBody, textOrPicture } from "./redact-body.ts";
import { type KnownText, redactText } from "./redact-text.ts";

const MAX_CHARS = 2_000;

/**
 * An encoded body's length in bytes and its own beginning, redacted; at most 2,000 characters.
 * `known`: what was replaced in the body as it was meant, `null` = it is not known.
 */
export function redactEncoded(
  encoded: string | Uint8Array,
  { known, secrets }: { known: readonly KnownText[] | null; secrets: readonly KnownText[] },
): { bytes: number; start: string } {
  if (typeof encoded !== "string") {
    const start = redactText(textOrPicture(encoded), [...secrets, ...(known ?? [])], {
      isCut: true,
    });
    return { bytes: encoded.byteLength, start: start.slice(0, MAX_CHARS) };
  }
  // Without the body as it was meant, only its structure shows what in it is whose.
  const alone = known === null ? redactBody(parseJson(encoded)) : null;
  const start = alone?.value === undefined ? beginningOf(encoded) : JSON.stringify(alone.value);
  const clean = redactText(start, [...secrets, ...(known ?? alone?.known ?? [])], { isCut: true });
  return { bytes: Buffer.byteLength(encoded), start: clean.slice(0, MAX_CHARS) };
}

/** The beginning of JSON, its long runs of base64 described: a few kB of megabytes. */
function beginningOf(text: string): string {
  const runStart = /[A-Za-z0-9+/]{100}/g;
  let start = "";
  let at = 0;
  while (at < text.length && start.length < 2 * MAX_CHARS) {
    runStart.lastIndex = at;
    const run = runStart.exec(text);
    const until = Math.min(run?.index ?? text.length, at + 2 * MAX_CHARS);
    start += text.slice(at, until);
    if (run === null || until < run.index) break;
    // A pattern without end would need a stack as long as the picture.
    const quote = text.indexOf('"', run.index);
    at = quote === -1 ? text.length : quote;
    start += `[data, ${at - run.index} characters]`;
  }
  return start;
}
