import { describe, expect, test } from "vitest";

import type { LocalizedText } from "../../../localized-text.ts";
import { OPTION_GROUPS as FIRST_VERSION } from "../v1/options.ts";
import type { OptionWords } from "./option-words.ts";
import { OPTION_GROUPS } from "./options.ts";

const choices = OPTION_GROUPS.flatMap((group) =>
  group.choices.map((choice) => ({ group, choice, name: `${group.id}: ${choice.id}` })),
);

/** Every text a choice can put into an instruction or show. */
function wordsOf(choice: OptionWords["choices"][number]): LocalizedText[] {
  if ("keep" in choice) return [choice.keep];
  return [choice.change, ...(choice.recolor === undefined ? [] : [choice.recolor])];
}

test("there are 24 groups with at least eight choices each, the shop's first", () => {
  expect(OPTION_GROUPS).toHaveLength(24);
  expect(OPTION_GROUPS[0]?.id).toBe("product-background");
  expect(OPTION_GROUPS.filter((group) => group.choices.length < 8)).toEqual([]);
  expect(choices.length).toBeGreaterThanOrEqual(270);
});

test("every option and choice of qwen-image-edit@1 can still be chosen", () => {
  for (const first of FIRST_VERSION) {
    const group = OPTION_GROUPS.find(({ id }) => id === first.id);
    const known = group?.choices.map(({ id }) => id) ?? [];
    expect(known).toEqual(expect.arrayContaining(first.choices.map(({ id }) => id)));
  }
});

test.each(OPTION_GROUPS)(
  "the titles within $id tell its choices apart in both languages",
  (group) => {
    for (const language of ["th", "en"] as const) {
      const titles = group.choices.map(({ title }) => title[language]);
      expect(new Set(titles).size).toBe(titles.length);
    }
  },
);

test("no two choices of different groups say the same", () => {
  const clauses = choices.flatMap(({ choice }) => wordsOf(choice));
  expect(new Set(clauses.map(({ en }) => en)).size).toBe(clauses.length);
  expect(new Set(clauses.map(({ th }) => th)).size).toBe(clauses.length);
});

describe("as an editor reads them", () => {
  test.each(choices)("$name: the English is one plain clause", ({ group, choice }) => {
    for (const { en } of wordsOf(choice)) {
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(en).not.toMatch(/ {2}|[.!?;:]|^\s|\s$/);
      // "a university" is the one word of ours whose first letter misleads.
      expect(en).not.toMatch(/\ba (?=[aeiou])(?!uni)/i);
      expect(en).not.toMatch(/\ban (?![aeiou])/i);
      if (group.kind === "change") expect(en).toMatch(/^[A-Z][a-z]+ /);
      else expect(en).toMatch(/^(?:the|every) /);
    }
  });

  test.each(choices)("$name: the Thai is Thai, short and without particles", ({ choice }) => {
    for (const { th } of [choice.title, ...wordsOf(choice)]) {
      expect(th).toMatch(/\p{Script=Thai}/u);
      expect(th).not.toMatch(/ครับ|ค่ะ|คะ(?![ก-ฮ])|กรุณา|ผู้ใช้งาน/u);
      expect(th).not.toMatch(/\p{Script=Thai}ๆ| {2}|^\s|\s$/u);
      expect(Array.from(th).length).toBeLessThanOrEqual(90);
    }
  });
});

test("a text that takes a color has one place for it, in both languages", () => {
  for (const { choice } of choices) {
    if (!("recolor" in choice)) continue;
    expect(choice.recolor?.en.match(/\{color\}/g)).toHaveLength(1);
    expect(choice.recolor?.th.match(/\{color\}/g)).toHaveLength(1);
  }
});

test("what remains of a subject is said only of subjects that change", () => {
  const stray = choices.flatMap(({ group, choice, name }) => {
    if (group.kind === "keep" || "keep" in choice) return [];
    const changes: readonly string[] = choice.changes ?? group.changes;
    return Object.keys(choice.remains ?? {}).some((subject) => !changes.includes(subject))
      ? [name]
      : [];
  });
  expect(stray).toEqual([]);
});
