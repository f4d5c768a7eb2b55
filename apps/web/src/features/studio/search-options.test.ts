import { expect, test } from "vitest";
import { areFewChoices, foundOptions, type OptionGroup } from "./search-options.ts";

const group = (id: string, th: string, choices: readonly (readonly [string, string])[]) => ({
  id,
  title: { th, en: id },
  choices: choices.map(([choiceTh, en]) => ({ id: en, title: { th: choiceTh, en } })),
});
const GROUPS: OptionGroup[] = [
  group("Place", "ฉากหลัง", [
    ["ชายหาดทะเล", "Beach"],
    ["ตลาดนัดกลางคืน", "Night market"],
  ]),
  group("Light", "แสง", [["แสงทองยามเย็น", "Golden hour"]]),
  group("Remove", "ลบสิ่งรบกวน", [
    ["คนด้านหลัง", "People"],
    ["คราบน้ำ", "Water marks"],
  ]),
];
const ids = (query: string) =>
  foundOptions(GROUPS, query).map(({ id, choices }) => [id, choices.map((choice) => choice.id)]);

test("no words find everything", () => {
  expect(foundOptions(GROUPS, "  ")).toEqual(GROUPS);
});

test.each([
  ["a part of a Thai title", "ทะเล", [["Place", ["Beach"]]]],
  ["English in any case", "night MARKET", [["Place", ["Night market"]]]],
  ["a group's title, with all its choices", "แสง", [["Light", ["Golden hour"]]]],
  ["words of group and choice together", "ฉากหลัง ทะเล", [["Place", ["Beach"]]]],
  ["Thai words written in one piece", "ลบคราบ", [["Remove", ["Water marks"]]]],
  ["sara am typed in two pieces", "น\u0E4D\u0E49\u0E32", [["Remove", ["Water marks"]]]],
  ["sara am typed before its tone", "น\u0E33\u0E49", [["Remove", ["Water marks"]]]],
  ["nothing, where nothing fits", "รถไฟ", []],
  ["nothing for what is no word", "%%%", []],
])("a search finds %s", (_, query, found) => {
  expect(ids(query)).toEqual(found);
});

test("more than 24 choices are too many to lay out", () => {
  const choices = Array.from({ length: 12 }, (_, n) => [`ก${n}`, `c${n}`] as const);
  const two = [group("a", "ก", choices), group("b", "ข", choices)];
  expect(areFewChoices(two)).toBe(true);
  expect(areFewChoices([...two, group("c", "ค", choices.slice(0, 1))])).toBe(false);
});
