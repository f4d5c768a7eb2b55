const IRREGULAR: Readonly<Record<string, string>> = {
  good: "better",
  bad: "worse",
  far: "farther",
  little: "smaller",
  fun: "more fun",
  red: "redder",
};

/** Words of two syllables that still take "-er". */
const SHORT = new Set([
  "narrow",
  "gentle",
  "simple",
  "yellow",
  "shallow",
  "mellow",
  "little",
  "quiet",
]);

/** Words of one syllable that do not. */
const LONG = new Set(["real", "tanned", "blurred", "toned", "3d", "fun", "lit", "worn"]);

/** "brighter", "more beautiful". */
export function comparative(adjective: string): string {
  const irregular = IRREGULAR[adjective];
  if (irregular !== undefined) return irregular;
  if (adjective.includes(" and ")) return adjective.split(" and ").map(comparative).join(" and ");
  const isOneWord = /^[a-z]+$/.test(adjective);
  const syllables = (adjective.replace(/e$/, "").match(/[aeiouy]+/g) ?? []).length;
  const isShort =
    isOneWord &&
    !LONG.has(adjective) &&
    !/(?:ed|ing|ous|ful|ish)$/.test(adjective) &&
    (syllables <= 1 || SHORT.has(adjective) || (syllables === 2 && /[^aeiou]y$/.test(adjective)));
  if (!isShort) return `more ${adjective}`;
  if (adjective.endsWith("e")) return `${adjective}r`;
  if (/[^aeiou]y$/.test(adjective) && adjective.length > 3) return `${adjective.slice(0, -1)}ier`;
  if (/^[^aeiou]*[aeiou][bdgmnpt]$/.test(adjective))
    return `${adjective}${adjective.at(-1) ?? ""}er`;
  return `${adjective}er`;
}

const VOWEL_SOUND = /^(?:[aeiou]|hour|honest|heir|(?:LED|HDR|MRT|X-ray|SUV|NBA|F1|ATM)\b)/i;
const NO_VOWEL_SOUND = /^(?:uni(?!n|m)|us(?:e|u)|eu|one\b|ukulele|U-)/i;

/** "a" or "an" before that word. */
export function indefinite(words: string): "a" | "an" {
  const bare = words.replace(/^["“«「]/, "");
  return VOWEL_SOUND.test(bare) && !NO_VOWEL_SOUND.test(bare) ? "an" : "a";
}

const NUMBERS = "zero one two three four five six seven eight nine ten".split(" ");

/** Small numbers in words. */
export function countWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
