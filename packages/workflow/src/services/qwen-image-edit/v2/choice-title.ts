import type { LocalizedText } from "../../../localized-text.ts";
import type { ChosenChange, ChosenKeep } from "./chosen.ts";

/** A choice's title as it reads away from its group: with the picture it takes from, or as a color. */
export function titleOf({
  group,
  choice,
}: Pick<ChosenChange, "group" | "choice"> | ChosenKeep): LocalizedText {
  const { title } = choice;
  const picture = group.kind === "change" ? group.picture : undefined;
  if (picture !== undefined) {
    return { th: `${title.th}จากรูปที่ ${picture}`, en: `${title.en} from picture ${picture}` };
  }
  const isColor = "color" in choice && choice.color !== undefined;
  return isColor ? { th: `เสื้อผ้าสี${title.th}`, en: `${title.en} clothes` } : title;
}
