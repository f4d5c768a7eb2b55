import { titleOf } from "./choice-title.ts";
import { recolorWords } from "./recolor-words.ts";
import {
  slotOf,
  type ChosenChange,
  type ChosenKeep,
  type DroppedChoice,
  type DropReason,
} from "./chosen.ts";
import type { Slot, Trait } from "./option-words.ts";

const TWO_OF = {
  setting: "TWO_BACKGROUNDS",
  outfit: "TWO_OUTFITS",
  hairstyle: "TWO_HAIRSTYLES",
  light: "TWO_LIGHTS",
} as const satisfies Record<Slot, DropReason>;

/** Why a choice cannot be had, and the choice that stands against it; `null` when it can. */
type Rule = (
  chosen: ChosenChange,
  all: readonly ChosenChange[],
) => { reason: DropReason; enemy: ChosenChange } | null;

/** In the order in which they are applied; each sees what those before it left. */
const RULES: readonly Rule[] = [
  noPersonLeft,
  secondOfSlot,
  furnitureWithoutRoom,
  removalFromOldPlace,
  colorWithoutColors,
  fixedOutfitColor,
];

/** The changes that can be had together, an outfit in its chosen color, and what was left out. */
export function possibleChanges(picked: readonly ChosenChange[]): {
  changes: ChosenChange[];
  dropped: DroppedChoice[];
} {
  let left = [...picked];
  const dropped: DroppedChoice[] = [];
  for (const rule of RULES) {
    const all = left;
    left = all.filter((chosen) => {
      const verdict = rule(chosen, all);
      if (verdict === null) return true;
      dropped.push(drop(verdict.reason, chosen, verdict.enemy));
      return false;
    });
  }
  return { changes: placed(recolored(left)), dropped };
}

/** The protections that no change breaks, and those left out for one that does. */
export function possibleKeeps(
  picked: readonly ChosenKeep[],
  changes: readonly ChosenChange[],
): { keeps: ChosenKeep[]; dropped: DroppedChoice[] } {
  const dropped: DroppedChoice[] = [];
  const keeps = picked.filter((chosen) => {
    const { group, choice } = chosen;
    const removal = group.cast === "person" ? withTrait(changes, "noPeople") : undefined;
    const enemy =
      removal ??
      changes.find((change) =>
        change.changes.some(
          (subject) =>
            choice.covers.includes(subject) &&
            (choice.isWhole === true || change.remains[subject] === undefined),
        ),
      );
    if (enemy === undefined) return true;
    const reason = removal === undefined ? "KEEP_AND_CHANGE" : "NO_PERSON_LEFT";
    dropped.push(drop(reason, chosen, enemy));
    return false;
  });
  return { keeps, dropped };
}

function noPersonLeft(chosen: ChosenChange, all: readonly ChosenChange[]): ReturnType<Rule> {
  const removal = withTrait(all, "noPeople");
  const isOfPerson =
    (chosen.choice.cast ?? chosen.group.cast) === "person" && slotOf(chosen) !== "setting";
  return removal !== undefined && isOfPerson ? { reason: "NO_PERSON_LEFT", enemy: removal } : null;
}

function secondOfSlot(chosen: ChosenChange, all: readonly ChosenChange[]): ReturnType<Rule> {
  const slot = slotOf(chosen);
  const first = all.find((other) => slotOf(other) === slot);
  return slot === null || first === undefined || first === chosen
    ? null
    : { reason: TWO_OF[slot], enemy: first };
}

/** Furniture stands in rooms: a setting that is none leaves no place for it. */
function furnitureWithoutRoom(
  chosen: ChosenChange,
  all: readonly ChosenChange[],
): ReturnType<Rule> {
  const setting = all.find((other) => slotOf(other) === "setting");
  if (chosen.group.id !== "furniture" || setting === undefined || mayBeRoom(setting)) return null;
  return { reason: "FURNITURE_AND_SETTING", enemy: setting };
}

function mayBeRoom(setting: ChosenChange): boolean {
  const { group, choice } = setting;
  if (group.cast === "room" || group.picture !== undefined || isOldPlace(setting)) return true;
  return group.cast === "scene" && choice.traits?.includes("indoor") === true;
}

/** A new place brings its own background: what stood in the old one is gone anyway. */
function removalFromOldPlace(chosen: ChosenChange, all: readonly ChosenChange[]): ReturnType<Rule> {
  const place = all.find((other) => slotOf(other) === "setting");
  const isInBackground = chosen.choice.traits?.includes("inBackground") === true;
  if (!isInBackground || place === undefined || isOldPlace(place)) return null;
  return { reason: "REMOVAL_NOT_NEEDED", enemy: place };
}

/** A blurred background and a restyled room are the old ones still. */
function isOldPlace({ group, choice }: ChosenChange): boolean {
  return group.cast === "room" || choice.id === "blurred";
}

/** Black and white shows no color that is only a color. */
function colorWithoutColors(chosen: ChosenChange, all: readonly ChosenChange[]): ReturnType<Rule> {
  const enemy = withTrait(all, "noColor");
  const isColorTone = chosen.changes.length === 1 && chosen.changes[0] === "colorTone";
  const isOfColor = chosen.choice.color !== undefined || isColorTone;
  return enemy !== undefined && isOfColor ? { reason: "COLOR_IN_BLACK_AND_WHITE", enemy } : null;
}

function fixedOutfitColor(chosen: ChosenChange, all: readonly ChosenChange[]): ReturnType<Rule> {
  const outfit = all.find(({ group }) => group.id === "outfit");
  const isFixed = outfit !== undefined && outfit.choice.recolor === undefined;
  return isFixed && chosen.choice.color !== undefined
    ? { reason: "OUTFIT_COLOR_FIXED", enemy: outfit }
    : null;
}

/** A new outfit takes the chosen color into its own words. */
function recolored(changes: readonly ChosenChange[]): ChosenChange[] {
  const shade = changes.find(({ choice }) => choice.color !== undefined);
  const outfit = changes.find(({ choice }) => choice.recolor !== undefined);
  const color = shade?.choice.color;
  const words = outfit?.choice.recolor;
  if (color === undefined || words === undefined) return [...changes];
  const change = recolorWords(words, color);
  return changes
    .filter((chosen) => chosen !== shade)
    .map((chosen) => (chosen === outfit ? { ...chosen, change } : chosen));
}

/** What brings a place of its own stands in the chosen one. */
function placed(changes: readonly ChosenChange[]): ChosenChange[] {
  const isSet = changes.some((chosen) => slotOf(chosen) === "setting");
  return changes.map((chosen) => {
    const change = chosen.choice.elsewhere;
    return isSet && change !== undefined ? { ...chosen, change } : chosen;
  });
}

function withTrait(changes: readonly ChosenChange[], trait: Trait): ChosenChange | undefined {
  return changes.find(({ choice }) => choice.traits?.includes(trait) === true);
}

function drop(
  reason: DropReason,
  chosen: ChosenChange | ChosenKeep,
  enemy: ChosenChange,
): DroppedChoice {
  return { reason, groupId: chosen.group.id, title: titleOf(chosen), instead: titleOf(enemy) };
}
