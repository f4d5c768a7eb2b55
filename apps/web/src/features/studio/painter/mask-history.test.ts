import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canRedo,
  canUndo,
  EMPTY_HISTORY,
  maskKey,
  MAX_OPS,
  redone,
  undone,
  visibleOps,
  withOp,
} from "./mask-history.ts";
import { selectionOf, type MaskOp } from "./mask-op.ts";

const stroke = (mode: "add" | "erase", x = 0): MaskOp => ({
  kind: "stroke",
  mode,
  widthPx: 20,
  points: [x, 0, 10, 10],
});
const anyOp: fc.Arbitrary<MaskOp> = fc.oneof(
  fc.integer({ min: 0, max: 999 }).map((x) => stroke("add", x)),
  fc.integer({ min: 0, max: 999 }).map((x) => stroke("erase", x)),
  fc.constantFrom<MaskOp>({ kind: "fillAll" }, { kind: "clear" }, { kind: "invert" }),
);

test("as many redos as undos lead back to the very same mask", () => {
  fc.assert(
    fc.property(fc.array(anyOp, { minLength: 1, maxLength: 80 }), fc.nat(90), (ops, steps) => {
      const full = ops.reduce(withOp, EMPTY_HISTORY);
      let history = full;
      const taken = Math.min(steps, ops.length);
      for (let step = 0; step < taken; step += 1) history = undone(history);
      expect(visibleOps(history)).toEqual(ops.slice(0, ops.length - taken));
      for (let step = 0; step < taken; step += 1) history = redone(history);
      expect(maskKey(visibleOps(history))).toBe(maskKey(visibleOps(full)));
      expect(canRedo(history)).toBe(false);
    }),
  );
});

test("painting after an undo forgets what was undone", () => {
  const two = withOp(withOp(EMPTY_HISTORY, stroke("add", 1)), stroke("add", 2));
  const other = withOp(undone(two), stroke("add", 3));
  expect(visibleOps(other)).toEqual([stroke("add", 1), stroke("add", 3)]);
  expect(canRedo(other)).toBe(false);
});

test("there is nothing to undo in an empty history", () => {
  expect(canUndo(EMPTY_HISTORY)).toBe(false);
  expect(undone(EMPTY_HISTORY)).toBe(EMPTY_HISTORY);
});

test("a history stops growing at its limit instead of losing its beginning", () => {
  const ops = Array.from({ length: MAX_OPS }, (_, x) => stroke("add", x));
  const full = { ops, head: MAX_OPS };
  expect(withOp(full, stroke("add", -1))).toBe(full);
});

test("masks drawn by different operations have different keys", () => {
  fc.assert(
    fc.property(fc.array(anyOp), fc.array(anyOp), (a, b) => {
      expect(maskKey(a) === maskKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

test.each<[string, MaskOp[], string]>([
  ["nothing done selects nothing", [], "none"],
  ["a stroke selects a part", [stroke("add")], "part"],
  ["whole image selects all, whatever was painted", [stroke("add"), { kind: "fillAll" }], "whole"],
  ["erasing from the whole leaves a part", [{ kind: "fillAll" }, stroke("erase")], "part"],
  ["erasing nothing selects nothing", [stroke("erase")], "none"],
  ["clearing selects nothing", [{ kind: "fillAll" }, { kind: "clear" }], "none"],
  ["inverting nothing selects all", [{ kind: "invert" }], "whole"],
  ["inverting all selects nothing", [{ kind: "fillAll" }, { kind: "invert" }], "none"],
  ["painting over the whole changes nothing", [{ kind: "fillAll" }, stroke("add")], "whole"],
])("%s", (_, ops, expected) => {
  expect(selectionOf(ops)).toBe(expected);
});
