import type { TranslatedRequest } from "../../../prompt/thai/translate-request.ts";
import type { ChosenKeep } from "./chosen.ts";
import { requestActs } from "./request-acts.ts";
import { requestChanger } from "./request-changer.ts";

/** An instruction that does away with printed lettering, which a kept label would not survive. */
const REPLACES_LABEL =
  /^(?:Remove|Erase|Delete|Replace|Change|Make)\b[^.]*\b(?:labels?|logos?|brand(?: name)?|name)\b/i;

/** An instruction that moves or scales the product itself. */
const RESIZES =
  /^(?:Enlarge|Shrink|Move|Scale|Center|Centre|Resize)\b|^Make the [a-z]+ (?:bigger|larger|smaller)\b/i;

/** The protections that the request itself breaks: what is written is more exact than a choice. */
export function overruledKeeps(
  picked: readonly ChosenKeep[],
  request: TranslatedRequest,
): ReadonlySet<ChosenKeep> {
  const { changes, remains } = requestChanger(request);
  const acts = requestActs(request);
  return new Set(
    picked.filter(
      ({ choice }) =>
        (choice.id === "size-in-frame" && acts.some((act) => RESIZES.test(act))) ||
        choice.covers.some((subject) =>
          subject === "text"
            ? acts.some((act) => REPLACES_LABEL.test(act))
            : changes.includes(subject) && remains[subject] === undefined,
        ),
    ),
  );
}
