import type { LocalizedText } from "../localized-text.ts";
import type { OptionGroup } from "./contract-shape.ts";

/** An option group with whatever else its service knows of it. */
interface Group {
  id: string;
  title: LocalizedText;
  choices: readonly { id: string; title: LocalizedText }[];
}

/** What of a service's option groups users see: the words of the instruction stay behind. */
export function offeredOptions(groups: readonly Group[]): OptionGroup[] {
  return groups.map(({ id, title, choices }) => ({
    id,
    title,
    choices: choices.map((choice) => ({ id: choice.id, title: choice.title })),
  }));
}
