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
 * title does keeps all its choices. All groups for an empty query.
 */
export function foundOptions(groups: readonly OptionGroup[], query: string): OptionGroup[] {
  const words = plain(query).split(" ").filter(Boolean);
  if (words.length === 0) return [...groups];
  const holdsAll = (text: string) => words.every((word) => text.includes(word));
  return groups.flatMap((group) => {
    const title = titleOf(group);
    if (holdsAll(title)) return [group];
    const choices = group.choices.filter((choice) => holdsAll(`${title} ${titleOf(choice)}`));
    return choices.length === 0 ? [] : [{ ...group, choices }];
  });
}

function titleOf({ title }: Pick<OptionGroup, "title">): string {
  return plain(`${title.th} ${title.en}`);
}

function plain(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
