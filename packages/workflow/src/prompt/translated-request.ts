import type { Subject } from "./subjects.ts";

/** A free request turned into an instruction, and what it is about. */
export interface TranslatedRequest {
  /** English imperative sentences in the order of the request, each with its full stop; empty for "". */
  sentences: readonly string[];
  /** What the request says in Thai, tidied, for the explanation shown to the user. */
  th: string;
  changes: ReadonlySet<Subject>;
  /** What the user said must stay ("ไม่เปลี่ยนหน้า"). */
  protects: ReadonlySet<Subject>;
  /** Thai pieces the phrasebook does not know; they stand quoted in a sentence. */
  unknown: readonly string[];
  /** Texts in quotes, letter for letter. */
  literals: readonly string[];
  /** Asks for a drawn or painted look, which "photorealistic" would contradict. */
  isStyle: boolean;
  /** Pictures it names besides the first ("รูปที่ 2" -> 2). */
  pictures: ReadonlySet<number>;
}
