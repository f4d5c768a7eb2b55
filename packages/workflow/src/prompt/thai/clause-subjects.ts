import { clauseMeaning, nounOf } from "./clause-meaning.ts";
import { HOUR } from "./scene-words.ts";
import type { Noun } from "./phrase.ts";
import type { Subject } from "../subjects.ts";
import type { Clause, NounPhrase, Quality } from "./syntax.ts";

/** What a clause changes and what it protects. */
export interface ClauseSubjects {
  changes: Set<Subject>;
  protects: Set<Subject>;
}

/** What of the picture a clause is about. */
export function clauseSubjects(clause: Clause): ClauseSubjects {
  const found = new Set<Subject>();
  const add = (subjects: readonly Subject[]): void => subjects.forEach((s) => found.add(s));
  if (clause.idiom !== null) add(clause.idiom.subjects);
  if (clause.verb !== null) add(clause.verb.subjects);
  const meaning = clauseMeaning(clause);
  const isPerson = (phrase: NounPhrase | null): boolean => nounOf(phrase)?.class === "person";
  // Whoever puts something on or smiles is not changed beyond that.
  const subject =
    meaning === "wear" || meaning === "act" || meaning === "hold" ? null : clause.subject;
  for (const phrase of [subject, clause.object]) {
    const isOthers =
      isPerson(phrase) && (meaning === "remove" || meaning === "add" || meaning === "name");
    const isMoved =
      isPerson(phrase) && ["move", "place", "swap", "be-at", "make"].includes(meaning);
    // Whoever else comes or goes is not whom the picture is of.
    if (isOthers && phrase !== null) {
      add(["objects"]);
      add(
        named(
          {
            ...phrase,
            head: { kind: "latin", text: "" },
            and: phrase.and.filter((one) => !isPerson(one)),
          },
          false,
        ),
      );
    } else if (isMoved) add(["pose"]);
    // "กอดผู้หญิงในรูปที่ 2": whoever it is done to comes in or only moves.
    else if (isPerson(phrase) && meaning === "act") add(["pose", "objects"]);
    else if (phrase !== null) {
      const others = meaning === "remove" ? phrase.and.filter((one) => !isPerson(one)) : phrase.and;
      if (others.length < phrase.and.length) add(["objects"]);
      add(named({ ...phrase, and: others }, isOnlySurface(clause)));
    }
  }
  if (clause.object !== null && !isPerson(clause.object) && meaning === "hold")
    add(["hands", "pose"]);
  add(named(clause.target?.noun ?? null, false));
  add(ofSetting(clause));
  add(named(clause.with, false));
  if (clause.instead !== null && clause.instead !== true) add(named(clause.instead, false));
  if (clause.recipient !== null && clause.recipient.qualities.length > 0)
    add(named(clause.recipient, true));
  const qualities = [
    ...clause.qualities,
    ...(clause.target?.qualities ?? []),
    ...(clause.verb === null || meaning === "make" ? (clause.subject?.qualities ?? []) : []),
    ...(meaning === "make" ? (clause.object?.qualities ?? []) : []),
  ];
  add(qualities.flatMap((quality) => quality.adjective.subjects));
  add(ofWhole(clause, qualities));
  const spared = [clause.object, clause.subject]
    .flatMap((phrase) => phrase?.after ?? [])
    .flatMap((after) =>
      after.kind === "relation" && after.en === "except {}" ? named(after.object, false) : [],
    );
  if (spared.length > 0) return { changes: found, protects: new Set(spared) };
  const isKept =
    meaning === "keep" ||
    (meaning === "forbid" && clause.verb?.kind === "verb" && clause.verb.frame === "make");
  return isKept
    ? { changes: new Set(), protects: found }
    : meaning === "forbid"
      ? { changes: new Set(), protects: new Set() }
      : { changes: found, protects: new Set() };
}

function named(phrase: NounPhrase | null, isSurface: boolean): Subject[] {
  if (phrase === null) return [];
  return [phrase, ...phrase.and].flatMap(({ head, compounds, owner }): readonly Subject[] => {
    if (head.kind === "literal") return ["text"] as const;
    if (head.kind === "latin" && /^[\d.,]+$/.test(head.text)) return ["text"] as const;
    if (head.kind === "latin" && head.text === "the one") return [];
    if (head.kind === "latin" || head.kind === "unknown") return ["objects"] as const;
    if (head.kind === "picture") return [];
    const isOwned = owner !== null && nounOf(owner)?.class !== "person";
    if (head.noun.subjects.length === 0 && isOwned) return named(owner, true);
    if (head.noun.subjects.length === 0 && compounds.length > 0) {
      return compounds.flatMap((compound) => named(compound, true));
    }
    return isSurface && head.noun.class === "product"
      ? (["productSurface"] as const)
      : head.noun.subjects;
  });
}

/** "รูปติดบัตรพื้นหลังสีฟ้า", "ทำให้เป็นตอนกลางคืน": what is said besides of where and when. */
function ofSetting({ target, object, subject, after }: Clause): Subject[] {
  const told = [target?.noun, object, subject].flatMap((phrase) => phrase?.after ?? []);
  const behind = told.flatMap((after) =>
    after.kind === "relation" && nounOf(after.object)?.class === "background"
      ? named(after.object, false)
      : [],
  );
  const isElsewhere = [...told, ...after].some(
    (one) => one.kind === "relation" && /^as if (?:taken )?in/.test(one.en),
  );
  if (isElsewhere) return [...behind, "background", "light"];
  const isHour =
    target?.noun === null &&
    target.after.some((after) => after.kind === "manner" && HOUR.test(after.en));
  return isHour ? [...behind, "background", "light"] : behind;
}

const WHOLE = new Set<Noun["class"]>(["picture"]);

/** A colour on a product changes its surface, not its shape. */
function isOnlySurface({ target, qualities }: Clause): boolean {
  const said: readonly Quality[] = [...(target?.qualities ?? []), ...qualities];
  return (
    target?.noun == null &&
    said.length > 0 &&
    said.every(({ adjective }) => adjective.order === "color")
  );
}

/** The whole picture made black and white or vintage changes its tone. */
function ofWhole(clause: Clause, qualities: readonly Quality[]): Subject[] {
  const thing = clause.object ?? clause.subject;
  const isWhole =
    thing === null ||
    WHOLE.has(nounOf(thing)?.class ?? "thing") ||
    nounOf(thing)?.en === "everything";
  const manners = [...clause.after, ...(clause.target?.after ?? [])].some(
    (after) =>
      (after.kind === "manner" && /^(?:in|with) an? /.test(after.en)) ||
      (after.kind === "relation" && /^(?:in|with) a \{\}/.test(after.en)),
  );
  const isTone = qualities.some(
    ({ adjective }) =>
      adjective.order === "color" || /vintage|retro|cinematic|moody|dramatic/.test(adjective.en),
  );
  return isWhole && (isTone || manners) ? ["colorTone"] : [];
}
