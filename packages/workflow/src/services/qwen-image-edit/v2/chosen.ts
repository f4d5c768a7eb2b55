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
  | "REMOVAL_NOT_NEEDED"
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

/** Whether a chosen change brings a trait along. */
export function hasTrait(chosen: Pick<Chosen, "changes">, trait: Trait): boolean {
  return chosen.changes.some(({ choice }) => choice.traits?.includes(trait) === true);
}

/** What a chosen change sets, `null` when others may set it too. */
export function slotOf({ group, choice }: Pick<ChosenChange, "group" | "choice">): Slot | null {
  return choice.sets ?? group.sets ?? null;
}
