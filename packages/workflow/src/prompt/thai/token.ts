import type { Phrase } from "./phrase.ts";

/** One unit of a request: what the grammar reads. */
export type Token =
  | { kind: "phrase"; th: string; phrase: Phrase }
  /** Text in quotes, to be shown letter for letter. */
  | { kind: "literal"; th: string; text: string }
  /** English and other Latin words, taken as they are. */
  | { kind: "latin"; th: string }
  | { kind: "number"; th: string; value: number }
  | { kind: "unknown"; th: string }
  /** `soft`: a space; `comma`: a list or a new clause; `hard`: a new clause. */
  | { kind: "break"; th: string; strength: "soft" | "comma" | "hard" };
