import { Buffer } from "node:buffer";

import { SECRET_NAMES, WRITTEN_NAMES } from "./private-keys.ts";

/** A secret or a person's words, and what stands in their place. */
export interface KnownText {
  text: string;
  instead: string;
}

/** Shorter ones would tear holes into ordinary words, and say nothing by themselves. */
const SHORTEST_KNOWN_TEXT = 4;

/** Keys, tokens and signatures by the form their makers gave them. */
const SECRET_FORMS: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[^\s"'\\,;]+/gi, "$1 [secret]"],
  [/\b(?:rpa|rps|user|sk|pk|hf|ghp)_[A-Za-z0-9_-]{8,}/g, "[secret]"],
  [/\bA[KS]IA[A-Z0-9]{8,}/g, "[secret]"],
  // A worker's environment, such as BUCKET_SECRET_ACCESS_KEY, in a shell's or a log's words.
  [
    /(\b[A-Z0-9_]{0,60}(?:SECRET|TOKEN|PASSWORD|PASSWD|ACCESS_KEY|API_KEY)[A-Z0-9_]{0,60}\b\\*["']?\s*[=:]\s*)(?:\\*["'])?[^\s"'\\,;<>&)}\]]+/g,
    "$1[secret]",
  ],
  [
    /([?&](?:amp;)?(?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|sig|token|key|api_?key|secret|AWSAccessKeyId)=)[^&\s"'\\<>]+/gi,
    "$1[secret]",
  ],
  [/(\/\/)[^/\s"'@]{1,200}@/g, "$1[secret]@"],
  [/(\/webhooks\/[a-z-]{1,40}\/)[^\s"'\\/?#]+/gi, "$1[secret]"],
];

/** A quote, in JSON, in JSON inside JSON and in Python's repr. */
const QUOTE = String.raw`\\{0,3}["']`;

/** A string whose quote is group `n`; the next group is what it says, up to where the text was cut. */
const stringAt = (n: number): string =>
  `(${QUOTE})((?:\\\\{7}["']|(?!\\${n})(?:\\\\{4}|\\\\{3}["']|\\\\[^]|[^\\\\]))*)(?:\\${n}|\\\\*$)`;
const keyOf = (names: string): string => String.raw`((${QUOTE})(?:${names})\2\s*:\s*)`;

/** What a person wrote stands behind such a key, alone or in a list. */
const WRITTEN_TEXT = new RegExp(keyOf(WRITTEN_NAMES) + stringAt(3), "gi");
const WRITTEN_LIST = new RegExp(
  String.raw`${keyOf(WRITTEN_NAMES)}([[(]{1,3}(?:[\s\w,.+-]|${stringAt(4)})*)`,
  "gi",
);
const LISTED_TEXT = new RegExp(stringAt(1), "g");
const SECRET_TEXT = new RegExp(
  keyOf(String.raw`[\w-]{0,40}(?:${SECRET_NAMES})[\w-]{0,40}`) + stringAt(3),
  "gi",
);

/** What already stands in place of something. */
const DESCRIBED =
  /^\[(secret|(text|data), \d+ characters|picture, \d+ bytes, sha256 [0-9a-f]{64})\]$/;

/** Pictures as base64: no word, path or hash is this long. */
const LONG_RUN = /[A-Za-z0-9+/_-]{100,}={0,2}/g;

/** The beginning of such a picture, or of a key, at the end of a text that was cut off. */
const CUT_RUN = /[A-Za-z0-9+/_-]{24,100}={0,2}$/;

/** Everything written in Thai is a person's: no part of a GPU speaks it. As itself, and escaped. */
const THAI = String.raw`(?:[\u0E00-\u0E7F]|\\{1,8}u0e[0-7][0-9a-f]|\\{1,8}xe0\\{1,8}xb[89]\\{1,8}x[89ab][0-9a-f]|%e0%b[89]%[89ab][0-9a-f])`;
const THAI_RUN = new RegExp(String.raw`${THAI}(?:(?:[\s\d"'.,!?+]|%20)*${THAI})*`, "gi");
const THAI_CHARACTER = new RegExp(THAI, "gi");

/** Removes secrets, pictures and what people wrote from free text. `isCut`: the text goes on unseen. */
export function redactText(
  text: string,
  known: readonly KnownText[],
  { isCut = false }: { isCut?: boolean } = {},
): string {
  let clean = text;
  for (const { text: found, instead } of known.toSorted((a, b) => b.text.length - a.text.length)) {
    if (found.length < SHORTEST_KNOWN_TEXT) continue;
    for (const spelling of spellingsOf(found)) {
      clean = clean.replaceAll(spelling, instead);
      if (isCut) clean = withoutStartAtEnd(clean, spelling, instead);
    }
  }
  clean = clean.replaceAll(LONG_RUN, (run) => `[data, ${run.length} characters]`);
  if (isCut) clean = clean.replace(CUT_RUN, (run) => `[data, ${run.length} characters]`);
  for (const [form, instead] of SECRET_FORMS) clean = clean.replaceAll(form, instead);
  clean = clean.replaceAll(SECRET_TEXT, (...found: unknown[]) => {
    const [whole = "", key = "", , quote = "", secret = ""] = found.map(String);
    return secret === "" || DESCRIBED.test(secret) ? whole : `${key}${quote}[secret]${quote}`;
  });
  clean = clean.replaceAll(WRITTEN_TEXT, (...found: unknown[]) => {
    const [, key = "", , quote = "", written = ""] = found.map(String);
    return `${key}${describeWritten(quote, written)}`;
  });
  clean = clean.replaceAll(WRITTEN_LIST, (...found: unknown[]) => {
    const [, key = "", , list = ""] = found.map(String);
    return `${key}${describeListed(list)}`;
  });
  return clean.replaceAll(
    THAI_RUN,
    (run) => `[text, ${run.replaceAll(THAI_CHARACTER, "x").length} characters]`,
  );
}

function describeWritten(quote: string, written: string): string {
  return written === "" || DESCRIBED.test(written)
    ? `${quote}${written}${quote}`
    : `${quote}[text, ${written.length} characters]${quote}`;
}

function describeListed(list: string): string {
  return list.replaceAll(LISTED_TEXT, (whole: string, quote: string, written: string) =>
    // A number in quotes is a node's id.
    /^\d{0,9}$/.test(written) ? whole : describeWritten(quote, written),
  );
}

/** The same text as it may come back: as it is, in JSON, in JSON within JSON, a URL, a page, base64. */
function spellingsOf(text: string): Set<string> {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = withEscapes(json);
  const spellings = [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    ascii,
    JSON.stringify(ascii).slice(1, -1),
    text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    Buffer.from(text).toString("base64"),
  ];
  try {
    spellings.push(encodeURIComponent(text));
  } catch {
    // Half a surrogate pair has no URL form.
  }
  return new Set(spellings.toSorted((a, b) => b.length - a.length));
}

/** As Python's `json.dumps` writes what is not ASCII. */
function withEscapes(json: string): string {
  return json.replaceAll(
    /[\u007F-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

// A text cut in the middle of a secret still ends with most of it.
function withoutStartAtEnd(text: string, found: string, instead: string): string {
  const longest = Math.min(found.length - 1, text.length);
  for (let length = longest; length >= SHORTEST_KNOWN_TEXT; length -= 1) {
    if (text.endsWith(found.slice(0, length))) return text.slice(0, -length) + instead;
  }
  return text;
}
