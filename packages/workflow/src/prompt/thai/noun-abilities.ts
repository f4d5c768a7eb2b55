import type { Noun } from "./phrase.ts";
import type { NounPhrase } from "./syntax.ts";

/** Whom an outfit makes its wearer look like, rather than whose it is. */
const COSTUMES = new Set(
  "astronaut,doctor,nurse,police officer,soldier,chef,princess,prince,superhero,ghost,fairy,Santa Claus,teacher,student,witch".split(
    ",",
  ),
);

/** Classes besides people of what may be seen doing something: "รถจอด", "ควันลอย". */
const MOVES = new Set<Noun["class"]>(["thing", "food", "scene", "effect", "product", "furniture"]);

/** Classes of what may have something on it or in it: "ปลอกคอมีกระดิ่ง". */
const HAS = new Set<Noun["class"]>(["clothing", "accessory", "product", "food", "furniture"]);

/** Whether an outfit of that person is a costume: "ชุดนักบินอวกาศ". */
export function isCostumeOf(outfit: Noun, person: Noun): boolean {
  return outfit.en === "outfit" && COSTUMES.has(person.en);
}

/** Whether what the phrase names may be seen doing something. */
export function canMove({ head }: NounPhrase): boolean {
  return head.kind === "noun" && MOVES.has(head.noun.class);
}

/** Whether "มี" behind it tells what it has. */
export function canHave({ head }: NounPhrase): boolean {
  return head.kind === "noun" && HAS.has(head.noun.class);
}
