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
  | "TWO_LIGHTS"
  | "TWO_STYLES"
  | "COLOR_IN_BLACK_AND_WHITE"
  | "REQUEST_OVER_OPTION"
  | "FURNITURE_AND_SETTING"
  | "REMOVAL_NOT_NEEDED"
  | "OUTFIT_COLOR_FIXED"
  | "NO_PERSON_LEFT"
  | "KEEP_AND_CHANGE"
  | "KEEP_AND_REQUEST"
  | "PICTURE_MISSING";

/** A choice that cannot be had together with another, or without a picture that is not there. */
export interface DroppedChoice {
  reason: DropReason;
  groupId: string;
  title: LocalizedText;
  /** What is done instead; for a missing picture the name of that picture. Within a sentence. */
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

/** Whether a change leaves nothing of what a request asks to keep: a new haircut keeps only its color. */
export function breaksKept(chosen: ChosenChange, subject: Subject): boolean {
  if (!chosen.changes.includes(subject)) return false;
  const isNewHaircut = subject === "hair" && slotOf(chosen) === "hairstyle";
  return isNewHaircut || chosen.remains[subject] === undefined;
}
