import { Buffer } from "node:buffer";

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
  [/\bAKIA[A-Z0-9]{8,}/g, "[secret]"],
  [
    /([?&](?:amp;)?(?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|sig|token|key|api_?key|secret|AWSAccessKeyId)=)[^&\s"'\\<>]+/gi,
    "$1[secret]",
  ],
  [/(\/\/)[^/\s"'@]{1,200}@/g, "$1[secret]@"],
  [/(\/webhooks\/[a-z-]{1,40}\/)[^\s"'\\/?#]+/gi, "$1[secret]"],
];

/** What a person wrote stands behind such a key, in JSON, in JSON inside JSON and in Python's repr. */
const WRITTEN_TEXT =
  /((?:\\?["'])(?:prompt|text|negative_prompt|caption|instruction|received_value)(?:\\?["'])\s*:\s*)(\\?["'])((?:(?!\2)(?:\\[^]|[^\\]))*)(?:\2|\\?$)/gi;

/** What already stands in place of something. */
const DESCRIBED =
  /^\[(secret|(text|data), \d+ characters|picture, \d+ bytes, sha256 [0-9a-f]{64})\]$/;

/** Pictures as base64: no word, path or hash is this long. */
const LONG_RUN = /[A-Za-z0-9+/_-]{100,}={0,2}/g;

/** The beginning of such a picture, or of a key, at the end of a text that was cut off. */
const CUT_RUN = /[A-Za-z0-9+/_-]{24,100}={0,2}$/;

/** Everything written in Thai is a person's: no part of a GPU speaks it. */
const THAI_RUN = /[\u0E00-\u0E7F](?:[\s\d"'.,!?]*[\u0E00-\u0E7F])*/g;

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
  clean = clean.replaceAll(WRITTEN_TEXT, (...found: unknown[]) => {
    const [whole = "", key = "", quote = "", written = ""] = found.map(String);
    return written === "" || DESCRIBED.test(written)
      ? whole
      : `${key}${quote}[text, ${written.length} characters]${quote}`;
  });
  return clean.replaceAll(THAI_RUN, (run) => `[text, ${run.length} characters]`);
}

/** The same text as it may come back: as it is, in JSON, in JSON within JSON, a URL, a page, base64. */
function spellingsOf(text: string): Set<string> {
  const json = JSON.stringify(text).slice(1, -1);
  const spellings = [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
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

// A text cut in the middle of a secret still ends with most of it.
function withoutStartAtEnd(text: string, found: string, instead: string): string {
  const longest = Math.min(found.length - 1, text.length);
  for (let length = longest; length >= SHORTEST_KNOWN_TEXT; length -= 1) {
    if (text.endsWith(found.slice(0, length))) return text.slice(0, -length) + instead;
  }
  return text;
}
