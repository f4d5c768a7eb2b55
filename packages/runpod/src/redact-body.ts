import { Buffer, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";

import { SECRET_KEY, WRITTEN_KEY } from "./private-keys.ts";
import type { KnownText } from "./redact-text.ts";
import { redactSecretPath, redactUrl } from "./redact-url.ts";

const DEEPEST = 24;
const LONGEST_LIST = 200;
/** Base64 of anything longer is found by its length alone. */
const SHORT_PICTURE_BYTES = 200;
const MAX_TEXT_BYTES = 64_000;
const WEBHOOK_KEY = /^webhook/i;
const PICTURE_KEY = /^(image|data|bytes|picture|image_base64)$/i;
/** Names of files, nodes and options; a key's value that is anything else was written by a person. */
const NAME_LIKE = /^[\w.:\-/@+ ()]{0,100}$/;

export interface RedactedBody {
  /** As it was, with a description in place of all that is nobody's business. */
  value: unknown;
  /** What was replaced, so that it can be found again in what the other side sends back. */
  known: KnownText[];
}

/**
 * Redacts a request's body: secrets by their key, pictures as `[picture, N bytes, sha256 …]`, texts
 * that people wrote as `[text, N characters]`.
 */
export function redactBody(body: unknown): RedactedBody {
  const known: KnownText[] = [];
  return { value: redactValue(body, { key: "", depth: 0, known }), known };
}

interface Place {
  key: string;
  depth: number;
  known: KnownText[];
}

function redactValue(value: unknown, place: Place): unknown {
  if (value instanceof Uint8Array) return redactBytes(value, place);
  if (typeof value === "string") return redactString(value, place);
  if (typeof value === "number" || typeof value === "boolean") {
    return SECRET_KEY.test(place.key) ? "[secret]" : value;
  }
  if (typeof value !== "object" || value === null) return value === null ? null : undefined;
  if (place.depth >= DEEPEST) return "[too deep]";
  const depth = place.depth + 1;
  if (Array.isArray(value)) {
    const kept = value.slice(0, LONGEST_LIST).map((each) => redactValue(each, { ...place, depth }));
    return value.length > LONGEST_LIST ? [...kept, `[${value.length - LONGEST_LIST} more]`] : kept;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [
      NAME_LIKE.test(key) ? key : `[text, ${key.length} characters]`,
      // What stands under a secret's name is secret, however deep.
      redactValue(each, { ...place, depth, key: SECRET_KEY.test(place.key) ? place.key : key }),
    ]),
  );
}

function redactBytes(bytes: Uint8Array, { known }: Place): string {
  const instead = describePicture(bytes);
  if (bytes.byteLength <= SHORT_PICTURE_BYTES) {
    known.push({ text: Buffer.from(bytes).toString("base64"), instead });
  }
  return instead;
}

function redactString(text: string, { key, known }: Place): string {
  if (text === "") return text;
  const instead = describeString(text, key);
  if (instead === text) return text;
  // Long base64 is found by its length.
  if (text.length <= 20_000) known.push({ text, instead });
  const secret = WEBHOOK_KEY.test(key)
    ? (text.split(/[/?#]/).findLast((part) => part !== "") ?? "")
    : "";
  if (secret.length >= 8) known.push({ text: secret, instead: "[secret]" });
  return instead;
}

function describeString(text: string, key: string): string {
  if (SECRET_KEY.test(key)) return "[secret]";
  if (WEBHOOK_KEY.test(key)) return redactSecretPath(text);
  if (isBase64(text) && (PICTURE_KEY.test(key) || text.length > 100)) {
    return describePicture(Buffer.from(text.slice(text.indexOf(",") + 1), "base64"));
  }
  if (/^https?:\/\//i.test(text)) return redactUrl(text);
  if (WRITTEN_KEY.test(key) || !NAME_LIKE.test(text)) return `[text, ${text.length} characters]`;
  // Words with spaces between them are a sentence; a name has none, or is short.
  return text.split(" ").length > 3 ? `[text, ${text.length} characters]` : text;
}

function isBase64(text: string): boolean {
  if (text.startsWith("data:")) return true;
  return /^[A-Za-z0-9+/_\-\r\n]+={0,2}$/.test(text);
}

/** What a picture was, without the picture. */
export function describePicture(bytes: Uint8Array): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return `[picture, ${bytes.byteLength} bytes, sha256 ${sha256}]`;
}

/** Bytes as text where they are UTF-8, at most 64,000 of them; else what they were. */
export function textOrPicture(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, MAX_TEXT_BYTES));
  return start.includes(0) || !isUtf8(start) ? describePicture(bytes) : start.toString("utf8");
}
