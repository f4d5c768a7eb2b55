import type { Service } from "@ob/api";

export type OptionGroup = Service["options"][number];

/** More choices than this are too many to lay out at once. */
const MAX_LAID_OUT = 24;

/** Whether all choices fit on a panel without being folded away. */
export function areFewChoices(groups: readonly OptionGroup[]): boolean {
  return groups.reduce((sum, { choices }) => sum + choices.length, 0) <= MAX_LAID_OUT;
}

/**
 * The groups and choices whose Thai or English title holds every word of the query; a group whose own
 * title does keeps all its choices. Where nothing does, what holds the Thai words that were written
 * in one piece. All groups for an empty query.
 */
export function foundOptions(groups: readonly OptionGroup[], query: string): OptionGroup[] {
  const words = plain(query).split(" ").filter(Boolean);
  if (words.length === 0) return [...groups];
  const found = withAllWords(groups, words);
  return found.length > 0 ? found : withAllWords(groups, words.flatMap(thaiWords));
}

function withAllWords(groups: readonly OptionGroup[], words: readonly string[]): OptionGroup[] {
  if (words.length === 0) return [];
  const holdsAll = (text: string) => words.every((word) => text.includes(word));
  return groups.flatMap((group) => {
    const title = titleOf(group);
    if (holdsAll(title)) return [group];
    const choices = group.choices.filter((choice) => holdsAll(`${title} ${titleOf(choice)}`));
    return choices.length === 0 ? [] : [{ ...group, choices }];
  });
}

/** The words of Thai that is written, as it always is, without spaces; what are no words is left out. */
function thaiWords(text: string): string[] {
  const segments = new Intl.Segmenter("th", { granularity: "word" }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

function titleOf({ title }: Pick<OptionGroup, "title">): string {
  return plain(`${title.th} ${title.en}`);
}

/** One spelling for what looks the same: sara am in its two parts, after the tone mark however it was typed. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/(\u0E4D\u0E32?)([\u0E48-\u0E4B])/g, "$2$1")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();
}
