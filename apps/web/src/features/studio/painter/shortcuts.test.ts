import { expect, test } from "vitest";
import { painterCommand, type KeyPress } from "./shortcuts.ts";

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test.each([
  ["บ", "BracketLeft", "smaller"],
  ["ล", "BracketRight", "larger"],
  ["ิ", "KeyB", "brush"],
  ["ำ", "KeyE", "eraser"],
  ["ป", "KeyX", "swapTool"],
])("on the Thai layout %s does what its Latin key does", (key, code, command) => {
  expect(painterCommand(press(key, code))).toBe(command);
});

test("Ctrl+Z undoes on the Thai layout too, with Shift it redoes", () => {
  expect(painterCommand(press("ผ", "KeyZ", { ctrlKey: true }))).toBe("undo");
  expect(painterCommand(press("ผ", "KeyZ", { ctrlKey: true, shiftKey: true }))).toBe("redo");
  expect(painterCommand(press("y", "KeyY", { metaKey: true }))).toBe("redo");
});

test("a Latin letter counts as typed, wherever its key lies", () => {
  expect(painterCommand(press("b", "KeyN"))).toBe("brush");
});

test("browser shortcuts and Alt combinations are left alone", () => {
  expect(painterCommand(press("b", "KeyB", { ctrlKey: true }))).toBeNull();
  expect(painterCommand(press("0", "Digit0", { ctrlKey: true }))).toBeNull();
  expect(painterCommand(press("b", "KeyB", { altKey: true }))).toBeNull();
});
