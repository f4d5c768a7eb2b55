import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GestureEffect, GestureEvent, GestureState, PointerKind } from "./gesture.ts";
import { IDLE, nextGesture } from "./gesture-machine.ts";

function play(events: readonly GestureEvent[]): { state: GestureState; effects: GestureEffect[] } {
  let state: GestureState = IDLE;
  const effects: GestureEffect[] = [];
  for (const event of events) {
    const next = nextGesture(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const down = (
  id: number,
  x: number,
  atMs: number,
  more: { pointer?: PointerKind; hand?: boolean } = {},
): GestureEvent => ({
  kind: "down",
  id,
  pointer: more.pointer ?? "touch",
  at: { x, y: 0 },
  atMs,
  hand: more.hand ?? false,
});
const move = (id: number, x: number, atMs: number): GestureEvent => ({
  kind: "move",
  id,
  at: { x, y: 0 },
  atMs,
});
const up = (id: number, atMs: number): GestureEvent => ({ kind: "up", id, atMs });
const kinds = (events: readonly GestureEvent[]) => play(events).effects.map(({ kind }) => kind);

describe("one finger", () => {
  test("paints once it has moved six pixels, from where it first touched", () => {
    const { effects } = play([down(1, 10, 0), move(1, 14, 10), move(1, 20, 20), up(1, 30)]);
    expect(effects).toEqual([
      { kind: "strokeBegun", at: { x: 10, y: 0 } },
      { kind: "strokeExtended", at: { x: 20, y: 0 } },
      { kind: "strokeCommitted" },
    ]);
  });

  test("that taps leaves a dot", () => {
    expect(kinds([down(1, 10, 0), up(1, 50)])).toEqual(["strokeBegun", "strokeCommitted"]);
  });

  test("whose touch the system takes away leaves no mark", () => {
    const cancel: GestureEvent = { kind: "cancel", id: 1 };
    expect(kinds([down(1, 0, 0), move(1, 50, 500), cancel]).at(-1)).toBe("strokeRolledBack");
  });
});

describe("a second finger", () => {
  test("before the first has painted starts a pinch and leaves no mark", () => {
    expect(kinds([down(1, 0, 0), down(2, 100, 40), move(2, 140, 60)])).toEqual(["pinched"]);
  });

  test("within 120 ms of the stroke takes the stroke back", () => {
    const effects = kinds([down(1, 0, 0), move(1, 60, 10), down(2, 100, 120)]);
    expect(effects).toEqual(["strokeBegun", "strokeExtended", "strokeRolledBack"]);
  });

  test("after a long stroke keeps the stroke, then pinches", () => {
    const effects = kinds([
      down(1, 0, 0),
      move(1, 60, 100),
      move(1, 120, 400),
      down(2, 200, 500),
      move(2, 260, 520),
    ]);
    expect(effects.slice(-2)).toEqual(["strokeCommitted", "pinched"]);
  });

  test("beside an active pen is a palm and changes nothing", () => {
    const pen = [down(1, 0, 0, { pointer: "pen" }), move(1, 40, 10)];
    expect(kinds([...pen, down(2, 90, 20), move(2, 99, 30), up(2, 40)])).toEqual(kinds(pen));
  });

  test("lifted from a pinch never lets the other finger paint", () => {
    const events = [down(1, 0, 0), down(2, 100, 30), move(2, 180, 60), up(2, 500)];
    expect(kinds([...events, move(1, 90, 600), up(1, 700)])).toEqual(kinds(events));
  });
});

test("two fingers tapped undo, three redo", () => {
  expect(kinds([down(1, 0, 0), down(2, 50, 20), up(1, 90), up(2, 100)])).toEqual(["undoTapped"]);
  const three = [down(1, 0, 0), down(2, 50, 20), down(3, 90, 30), up(3, 80), up(1, 90), up(2, 99)];
  expect(kinds(three)).toEqual(["redoTapped"]);
});

test("a mouse paints at once, and moves the picture while the hand is held", () => {
  expect(kinds([down(1, 0, 0, { pointer: "mouse" })])).toEqual(["strokeBegun"]);
  const hand = [down(1, 0, 0, { pointer: "mouse", hand: true }), move(1, 30, 5), up(1, 9)];
  expect(play(hand).effects).toEqual([{ kind: "panned", by: { x: 30, y: 0 } }]);
});

test("leaving the window mid-stroke keeps the stroke and sticks to no tool", () => {
  const { state, effects } = play([
    down(1, 0, 0, { pointer: "mouse" }),
    move(1, 50, 10),
    { kind: "blur" },
  ]);
  expect(effects.at(-1)).toEqual({ kind: "strokeCommitted" });
  expect(state).toEqual(IDLE);
});

const pointer = fc.constantFrom<PointerKind>("mouse", "pen", "touch");
const anyEvent = fc.oneof(
  fc.record({
    kind: fc.constant("down" as const),
    id: fc.integer({ min: 1, max: 4 }),
    pointer,
    at: fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 800 }) }),
    hand: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("move" as const),
    id: fc.integer({ min: 1, max: 4 }),
    at: fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 800 }) }),
  }),
  fc.record({
    kind: fc.constantFrom("up" as const, "cancel" as const),
    id: fc.integer({ min: 1, max: 4 }),
  }),
  fc.constant({ kind: "blur" as const }),
);

test("whatever pointers do, strokes begin and end in pairs and nothing is drawn between", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const timed = events.map((event, index) => ({ ...event, atMs: index * 25 }));
      let isOpen = false;
      for (const { kind } of play(timed).effects) {
        if (kind === "strokeBegun") {
          expect(isOpen).toBe(false);
          isOpen = true;
        } else if (kind === "strokeCommitted" || kind === "strokeRolledBack") {
          expect(isOpen).toBe(true);
          isOpen = false;
        } else expect(isOpen).toBe(kind === "strokeExtended");
      }
      expect(isOpen).toBe(play(timed).state.kind === "drawing");
    }),
  );
});
