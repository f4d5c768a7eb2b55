import { expect, test } from "vitest";
import { playDraft } from "../../testing/a-draft.ts";
import { SERVICE } from "../../testing/mock-server.ts";
import { EMPTY_SETTINGS, hasInstruction, needsSelection } from "./draft-settings.ts";
import { nextDraft } from "./draft.ts";

test("a chip pressed again is let go; blank words are no instruction", () => {
  const on = playDraft({ kind: "optionChosen", group: "hair", choice: "short-bob" });
  expect(hasInstruction(on, SERVICE)).toBe(true);
  const off = nextDraft(on, { kind: "optionChosen", group: "hair", choice: null });
  expect(off.options).toEqual({});
  const blank = nextDraft(off, { kind: "promptTyped", prompt: "  \n" });
  expect(hasInstruction(blank, SERVICE)).toBe(false);
});

test("another frame alone is something to do and needs no painting; words besides it do", () => {
  const framed = { ...EMPTY_SETTINGS, ratio: "4:5" };
  expect(hasInstruction(framed, SERVICE)).toBe(true);
  expect(needsSelection(framed, SERVICE)).toBe(false);
  expect(needsSelection({ ...framed, prompt: "ฟ้าใส" }, SERVICE)).toBe(true);
  expect(needsSelection(EMPTY_SETTINGS, SERVICE)).toBe(true);
});

test("a service for whole pictures needs neither words nor painting", () => {
  expect(hasInstruction(EMPTY_SETTINGS, { mask: "none" })).toBe(true);
  expect(needsSelection({ ...EMPTY_SETTINGS, prompt: "คมชัด" }, { mask: "none" })).toBe(false);
});
