import type { LocalizedText } from "../../../localized-text.ts";
import type { Subject } from "./subjects.ts";

/** What the photo is mainly of, as far as the chosen options tell. */
export type Cast = "product" | "person" | "scene";

/** A choice that changes something: `change` is one English clause, verb first, without a full stop. */
export interface ChangeChoice {
  id: string;
  title: LocalizedText;
  change: LocalizedText;
}

/** A choice that protects something more strongly than the ordinary keep-list does. */
export interface KeepChoice {
  id: string;
  title: LocalizedText;
  keep: LocalizedText;
  /** What the ordinary keep-list need not repeat. */
  covers: readonly Subject[];
}

/** An option group as the user sees it, with the words it puts into the instruction. */
export type OptionWords =
  | {
      kind: "change";
      id: string;
      title: LocalizedText;
      cast: Cast;
      changes: readonly Subject[];
      choices: readonly ChangeChoice[];
    }
  | {
      kind: "keep";
      id: string;
      title: LocalizedText;
      cast: Cast;
      choices: readonly KeepChoice[];
    };
