const PICTURE = /(?:\b(?:picture|image|photo)\s?#?|(?:รูป|ภาพ)(?:ที่)?\s?)([1-3])(?!\d)/giu;

/** The numbers of the pictures a text names besides the first: 2 and 3. */
export function picturesNamed(text: string): Set<number> {
  const numbers = [...text.matchAll(PICTURE)].map((match) => Number(match[1]));
  return new Set(numbers.filter((number) => number > 1));
}
