import { expect, test } from "vitest";
import { warningPlace, warningsAt, type QuoteWarning } from "./warning-place.ts";

test.each([
  ["input.options.light", { at: "option", group: "light" }],
  ["options.light", { at: "option", group: "light" }],
  ["input.prompt", { at: "prompt" }],
  ["input.ratio", { at: "ratio" }],
  ["input.extraImageAssetIds", { at: "extras" }],
  ["input.maskAssetId", { at: "whole" }],
  [null, { at: "whole" }],
])("a warning about %s stands at %j", (field, place) => {
  expect(warningPlace(field)).toEqual(place);
});

test("each warning stands at exactly one place", () => {
  const warn = (code: string, field: string | null): QuoteWarning => ({
    code,
    field,
    message: { th: code, en: code },
  });
  const warnings = [
    warn("A", "input.options.light"),
    warn("B", "input.options.hair"),
    warn("C", "input.prompt"),
    warn("D", null),
  ];
  const codes = (place: Parameters<typeof warningsAt>[1]) =>
    warningsAt(warnings, place).map(({ code }) => code);
  expect(codes({ at: "option", group: "light" })).toEqual(["A"]);
  expect(codes({ at: "option", group: "hair" })).toEqual(["B"]);
  expect(codes({ at: "prompt" })).toEqual(["C"]);
  expect(codes({ at: "whole" })).toEqual(["D"]);
  expect(codes({ at: "ratio" })).toEqual([]);
});
