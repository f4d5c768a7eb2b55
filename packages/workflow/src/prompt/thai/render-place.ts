import { nounOf } from "./clause-meaning.ts";
import { renderNounPhrase, renderPhrasing } from "./render-noun-phrase.ts";
import { joined } from "./render-parts.ts";
import type { Clause } from "./syntax.ts";

/** "วาง", "ย้าย", "อยู่": something is put somewhere. */
export function renderPlace(verb: "place" | "move", clause: Clause): string {
  const thing = clause.object ?? clause.subject;
  const nounClass = nounOf(thing)?.class;
  if (
    thing !== null &&
    (nounClass === "region" || nounClass === "place") &&
    clause.after.length === 0
  ) {
    const place = renderNounPhrase(thing, { article: "a" });
    return joined(verb, "the person", nounClass === "region" ? "in" : "at", place);
  }
  if (nounClass === "light")
    return joined(
      "light the scene",
      ...clause.after.map((one) => renderPhrasing(one, { article: "the" })),
    );
  const isNew = verb === "place" && isNewThing(clause);
  const what =
    thing === null
      ? clause.verb?.kind === "verb" && clause.verb.frame === "be-at"
        ? "the person"
        : "the main subject"
      : renderNounPhrase(thing, { article: isNew ? "a" : "the", isNewPlace: true });
  const where = clause.after.map((one) =>
    renderPhrasing(one, { article: "the", isNewPlace: verb === "place" }),
  );
  const isArranged = clause.verb?.kind === "verb" && clause.verb.en === "arrange";
  // What is moved goes there; what is placed is there.
  const goal = where.map((words) =>
    verb === "move"
      ? words.replace(
          /^(?:in|on|at) the (?=[a-z ]*(?:corner|side|center|left|right|top|bottom))/,
          "to the ",
        )
      : words,
  );
  return joined(isArranged ? "arrange" : verb, what, ...goal);
}

function isNewThing(clause: Clause): boolean {
  const nounClass = nounOf(clause.object)?.class;
  return (
    nounClass !== undefined &&
    ["thing", "food", "furniture", "animal", "light"].includes(nounClass) &&
    !(clause.verb?.th ?? "").startsWith("จัด")
  );
}
