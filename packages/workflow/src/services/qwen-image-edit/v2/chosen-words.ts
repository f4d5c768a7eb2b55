import type { ServiceInput } from "../../../contract/gpu-service.ts";
import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";
import type {
  Cast,
  ChangeChoice,
  ChangeGroup,
  KeepChoice,
  KeepGroup,
  Slot,
  SubjectWords,
  Trait,
} from "./option-words.ts";
import { OPTION_GROUPS } from "./options.ts";

/** A chosen change with everything its group and its choice say about it. */
export interface ChosenChange {
  group: ChangeGroup;
  choice: ChangeChoice;
  change: LocalizedText;
  changes: readonly Subject[];
  remains: Partial<Record<Subject, SubjectWords>>;
}

/** A chosen protection. */
export interface ChosenKeep {
  group: KeepGroup;
  choice: KeepChoice;
}

/** Why a choice is left out of the instruction; the warning's code at the same time. */
export type DropReason =
  | "TWO_BACKGROUNDS"
  | "TWO_OUTFITS"
  | "TWO_HAIRSTYLES"
  | "FURNITURE_AND_SETTING"
  | "OUTFIT_COLOR_FIXED"
  | "NO_PERSON_LEFT"
  | "KEEP_AND_CHANGE"
  | "PICTURE_MISSING";

/** A choice that cannot be had together with another, or without a picture that is not there. */
export interface DroppedChoice {
  reason: DropReason;
  groupId: string;
  title: LocalizedText;
  /** What is done instead; for a missing picture the name of that picture. */
  instead: LocalizedText;
}

/** The chosen options after contradictions were resolved. */
export interface Chosen {
  changes: readonly ChosenChange[];
  keeps: readonly ChosenKeep[];
  dropped: readonly DroppedChoice[];
  /** What the photo is mainly of; `scene` when no option tells. */
  cast: Cast;
}

const TWO_OF = {
  setting: "TWO_BACKGROUNDS",
  outfit: "TWO_OUTFITS",
  hairstyle: "TWO_HAIRSTYLES",
} as const satisfies Record<Slot, DropReason>;

/** Reads the options as words, in the order of the groups; where two contradict, the earlier stays. */
export function chosenWords({
  options,
  extraImages,
}: Pick<ServiceInput, "options" | "extraImages">): Chosen {
  const dropped: DroppedChoice[] = [];
  const offered = withPictures(pickedChanges(options), extraImages, dropped);
  const picked = withPeople(offered, dropped);
  const changes = recolored(withRoom(oneOfEach(picked, dropped), dropped), dropped);
  const keeps = withoutContradicted(pickedKeeps(options), changes, dropped);
  return {
    changes,
    keeps,
    dropped,
    cast: strongestCast([
      ...changes.map(({ group, choice }) => choice.cast ?? group.cast),
      ...keeps.map(({ group }) => group.cast),
    ]),
  };
}

/** Whether a chosen change brings a trait along. */
export function hasTrait(chosen: Pick<Chosen, "changes">, trait: Trait): boolean {
  return chosen.changes.some(({ choice }) => choice.traits?.includes(trait) === true);
}

/** What a chosen change sets, `null` when others may set it too. */
export function slotOf({ group, choice }: Pick<ChosenChange, "group" | "choice">): Slot | null {
  return choice.sets ?? group.sets ?? null;
}

function pickedChanges(options: Readonly<Record<string, string>>): ChosenChange[] {
  return OPTION_GROUPS.flatMap((group) => {
    if (group.kind === "keep") return [];
    const choice = group.choices.find(({ id }) => id === options[group.id]);
    if (choice === undefined) return [];
    const changes = choice.changes ?? group.changes;
    const remains = choice.remains ?? group.remains ?? {};
    return [{ group, choice, change: choice.change, changes, remains }];
  });
}

function pickedKeeps(options: Readonly<Record<string, string>>): ChosenKeep[] {
  return OPTION_GROUPS.flatMap((group) => {
    if (group.kind === "change") return [];
    const choice = group.choices.find(({ id }) => id === options[group.id]);
    return choice === undefined ? [] : [{ group, choice }];
  });
}

function withPictures(
  picked: readonly ChosenChange[],
  extraImages: number,
  dropped: DroppedChoice[],
): ChosenChange[] {
  return picked.filter(({ group, choice }) => {
    const picture = group.picture ?? 1;
    if (picture <= 1 + extraImages) return true;
    const instead = { th: `รูปที่ ${picture}`, en: `Picture ${picture}` };
    dropped.push({
      reason: "PICTURE_MISSING",
      groupId: group.id,
      title: choice.title,
      instead,
    });
    return false;
  });
}

/** Where everyone is removed nobody is left to dress or retouch. */
function withPeople(picked: readonly ChosenChange[], dropped: DroppedChoice[]): ChosenChange[] {
  const removal = picked.find(({ choice }) => choice.traits?.includes("noPeople") === true);
  return picked.filter((chosen) => {
    if (removal === undefined || (chosen.choice.cast ?? chosen.group.cast) !== "person")
      return true;
    if (slotOf(chosen) === "setting") return true;
    dropped.push(drop("NO_PERSON_LEFT", chosen, removal.choice.title));
    return false;
  });
}

function oneOfEach(picked: readonly ChosenChange[], dropped: DroppedChoice[]): ChosenChange[] {
  const taken = new Map<Slot, ChosenChange>();
  return picked.filter((chosen) => {
    const slot = slotOf(chosen);
    if (slot === null) return true;
    const earlier = taken.get(slot);
    if (earlier === undefined) {
      taken.set(slot, chosen);
      return true;
    }
    dropped.push(drop(TWO_OF[slot], chosen, earlier.choice.title));
    return false;
  });
}

/** Furniture stands in rooms: a setting that is none leaves no place for it. */
function withRoom(picked: readonly ChosenChange[], dropped: DroppedChoice[]): ChosenChange[] {
  const setting = picked.find((chosen) => slotOf(chosen) === "setting");
  const isRoom =
    setting === undefined ||
    setting.group.cast === "room" ||
    (setting.group.cast === "scene" &&
      (setting.group.picture !== undefined || setting.choice.traits?.includes("indoor") === true));
  if (isRoom) return [...picked];
  return picked.filter((chosen) => {
    if (chosen.group.id !== "furniture") return true;
    dropped.push(drop("FURNITURE_AND_SETTING", chosen, setting.choice.title));
    return false;
  });
}

/** A new outfit takes the chosen color into its own words, unless its color is part of what it is. */
function recolored(picked: readonly ChosenChange[], dropped: DroppedChoice[]): ChosenChange[] {
  const shade = picked.find(({ choice }) => choice.color !== undefined);
  const outfit = picked.find(({ group }) => group.id === "outfit");
  const color = shade?.choice.color;
  if (shade === undefined || outfit === undefined || color === undefined) return [...picked];
  const words = outfit.choice.recolor;
  if (words === undefined) dropped.push(drop("OUTFIT_COLOR_FIXED", shade, outfit.choice.title));
  const change =
    words === undefined
      ? outfit.change
      : { th: words.th.replace("{color}", color.th), en: words.en.replace("{color}", color.en) };
  return picked
    .filter((chosen) => chosen !== shade)
    .map((chosen) => (chosen === outfit ? { ...chosen, change } : chosen));
}

function withoutContradicted(
  keeps: readonly ChosenKeep[],
  changes: readonly ChosenChange[],
  dropped: DroppedChoice[],
): ChosenKeep[] {
  return keeps.filter(({ group, choice }) => {
    const enemy = changes.find((chosen) =>
      chosen.changes.some(
        (subject) => choice.covers.includes(subject) && chosen.remains[subject] === undefined,
      ),
    );
    if (enemy === undefined) return true;
    dropped.push(drop("KEEP_AND_CHANGE", { group, choice }, enemy.choice.title));
    return false;
  });
}

function drop(
  reason: DropReason,
  { group, choice }: Pick<ChosenChange, "group" | "choice"> | ChosenKeep,
  instead: LocalizedText,
): DroppedChoice {
  const picture = group.kind === "change" ? group.picture : undefined;
  const title =
    picture === undefined
      ? choice.title
      : {
          th: `${choice.title.th}จากรูปที่ ${picture}`,
          en: `${choice.title.en} from picture ${picture}`,
        };
  return { reason, groupId: group.id, title, instead };
}

/** A product or a dish is what a shop cares about; a person comes before the room and scene around. */
function strongestCast(casts: readonly Cast[]): Cast {
  const order = ["product", "food", "person", "room"] as const satisfies readonly Cast[];
  return order.find((cast) => casts.includes(cast)) ?? "scene";
}
