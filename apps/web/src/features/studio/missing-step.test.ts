import { expect, test } from "vitest";
import { missingStep, type Readiness } from "./missing-step.ts";

const READY: Readiness = {
  hasPhoto: true,
  selection: "part",
  needsSelection: true,
  hasInstruction: true,
  isPromptTooLong: false,
  isQuoteRefused: false,
  isUploaded: true,
  shortBy: 0,
};

test.each<[Partial<Readiness>, string | null]>([
  [{}, null],
  [{ hasPhoto: false, selection: "none" }, "photo"],
  [{ selection: "none" }, "selection"],
  [{ selection: "none", needsSelection: false }, null],
  [{ hasInstruction: false }, "instruction"],
  [{ isPromptTooLong: true, isQuoteRefused: true }, "promptTooLong"],
  [{ isQuoteRefused: true }, "quoteRefused"],
  [{ shortBy: 2 }, "credits"],
  [{ isUploaded: false }, "upload"],
  [{ selection: "whole" }, null],
])("with %j the next missing step is %s", (change, step) => {
  expect(missingStep({ ...READY, ...change })).toBe(step);
});
