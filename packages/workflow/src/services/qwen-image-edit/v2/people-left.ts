import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import { hasTrait, type Chosen } from "./chosen.ts";

/** Who is still in the picture afterwards. */
export type PeopleLeft = "all" | "remaining" | "none";

/** Someone who goes: the person right after the verb, not the owner of something that goes. */
const SOMEONE_GOES =
  /^(?:Remove|Erase|Delete) (?:(?:the|a|an|all|every|any|other|extra|both|two|three|four|five|of|background|unwanted) )*(?:people|persons?|passers-by|strangers?|tourists?|crowds?|m[ae]n|wom[ae]n|boys?|girls?|child|children|kids?)\b(?!['’]s)/;
const EVERYONE_GOES =
  /^(?:Remove|Erase|Delete) (?:everyone|everybody|all(?: of)?(?: the)? people|every person)(?: from the picture)?\.$/;

/** Who is still there after the chosen options and the free request are done. */
export function peopleLeft(chosen: Chosen, { sentences }: TranslatedRequest): PeopleLeft {
  const everyoneGoes = sentences.some((sentence) => EVERYONE_GOES.test(sentence));
  if (hasTrait(chosen, "noPeople") || everyoneGoes) return "none";
  const someoneGoes = sentences.some((sentence) => SOMEONE_GOES.test(sentence));
  return hasTrait(chosen, "fewerPeople") || someoneGoes ? "remaining" : "all";
}
