import { slotOf, type ChosenChange } from "./chosen.ts";
import type { Warn, WarningFacts } from "./warning-facts.ts";

/** Groups that mean the whole picture. */
const WHOLE_PICTURE_GROUPS = ["weather", "style", "room"];

/** The part of a picture a group is about: two parts seldom lie under one painted area. */
const PART_OF_GROUP: Readonly<Record<string, string>> = {
  "product-retouch": "product",
  food: "food",
  outfit: "body",
  "outfit-color": "body",
  hair: "hair",
  accessories: "accessories",
  expression: "face",
  skin: "face",
  makeup: "face",
  furniture: "furniture",
};

/** What a painted area makes of the chosen options. */
export function maskWarnings({ input, chosen }: WarningFacts, warn: Warn): void {
  if (!input.hasMask) return;
  for (const change of chosen.changes) {
    const field = `options.${change.group.id}`;
    if (change.group.id === "light") warn("LIGHT_INSIDE_MASK", field);
    else if (WHOLE_PICTURE_GROUPS.includes(change.group.id)) {
      warn("EFFECT_INSIDE_MASK", field, { title: change.choice.title });
    } else if (slotOf(change) === "setting") warn("BACKGROUND_INSIDE_MASK", field);
  }
  const parts = new Set(chosen.changes.flatMap(partOf));
  if (parts.size > 1) warn("MANY_PARTS_INSIDE_MASK", "maskAssetId");
  if (input.ratio !== "original") warn("RATIO_AND_MASK", "ratio");
}

function partOf(change: ChosenChange): string[] {
  if (slotOf(change) === "setting") return ["background"];
  const part = PART_OF_GROUP[change.group.id];
  return part === undefined ? [] : [part];
}
