/** How many characters a reader counts: น้ำ is one or two, never five code units. */
export function countGraphemes(text: string, locale: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter(locale, { granularity: "grapheme" }).segment(text)) count += 1;
  return count;
}
