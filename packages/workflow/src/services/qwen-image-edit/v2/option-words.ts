import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "../../../prompt/subjects.ts";

/** What the photo is mainly of, as far as the chosen options tell. */
export type Cast = "product" | "food" | "person" | "room" | "scene";

/** What a choice brings along that another choice may contradict. */
export type Trait =
  | "outdoor"
  | "indoor"
  | "studio"
  | "day"
  | "sunny"
  | "night"
  | "tropical"
  /** Evenly lit by its nature, as an ID photo is. */
  | "even"
  | "sunlight"
  | "daylight"
  | "dark"
  | "studioLight"
  /** Weather, which needs a sky. */
  | "sky"
  | "rain"
  | "snow"
  | "hat"
  | "shades"
  /** Covers the hair, and may be worn in an ID photo. */
  | "headscarf"
  /** An expression of the whole face, of which there is one. */
  | "mood"
  | "idPhoto"
  /** A drawn or painted look, which is not photorealistic. */
  | "drawn"
  /** A photographic look that bends colors or sharpness. */
  | "look"
  /** Takes every color away. */
  | "noColor"
  | "noPeople"
  | "fewerPeople"
  /** Away with the background it stands in. */
  | "inBackground"
  | "overlayText";

/** What a picture has only one of: two choices that set it cannot both be had. */
export type Slot = "setting" | "outfit" | "hairstyle" | "light";

/** English as separate items, so that a list of any length reads as one; Thai as one label. */
export interface SubjectWords {
  en: readonly string[];
  th: string;
}

/** A choice that changes something. */
export interface ChangeChoice {
  id: string;
  title: LocalizedText;
  /** One clause per language; the English begins with a verb and has no full stop. */
  change: LocalizedText;
  /** The same clause with `{color}` where an outfit color goes; absent when its color is fixed. */
  recolor?: LocalizedText;
  /** The clause without the place it brings along, for when another choice sets the place. */
  elsewhere?: LocalizedText;
  /** The color alone, for another choice's `recolor`. */
  color?: LocalizedText;
  /** Where it differs from its group's. */
  changes?: readonly Subject[];
  /** What is left to keep of a subject it changes only in part, where it differs from its group's. */
  remains?: Partial<Record<Subject, SubjectWords>>;
  /** Where it differs from its group's. */
  cast?: Cast;
  /** Where it differs from its group's. */
  sets?: Slot;
  traits?: readonly Trait[];
}

/** A choice that protects something more strongly than the ordinary keep-list does. */
export interface KeepChoice {
  id: string;
  title: LocalizedText;
  keep: LocalizedText;
  /** What the ordinary keep-list need not repeat. */
  covers: readonly Subject[];
  /** Whether any change of what it covers breaks it, even one that leaves a part. */
  isWhole?: boolean;
}

/** A group whose choices change something. */
export interface ChangeGroup {
  kind: "change";
  id: string;
  title: LocalizedText;
  cast: Cast;
  changes: readonly Subject[];
  /** What is left to keep of a subject its choices change only in part. */
  remains?: Partial<Record<Subject, SubjectWords>>;
  sets?: Slot;
  /** The extra picture (2 or 3) its choices take something from. */
  picture?: number;
  choices: readonly ChangeChoice[];
}

/** A group whose choices protect something. */
export interface KeepGroup {
  kind: "keep";
  id: string;
  title: LocalizedText;
  cast: Cast;
  choices: readonly KeepChoice[];
}

/** An option group as the user sees it, with the words it puts into the instruction. */
export type OptionWords = ChangeGroup | KeepGroup;
