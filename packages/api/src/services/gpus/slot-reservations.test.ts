import { expect, test } from "vitest";
import { createSlotReservations } from "./slot-reservations.ts";

test("no more are reserved than are free, and one given back twice is given back once", () => {
  const slots = createSlotReservations();
  const first = slots.reserve(2);
  expect(first).not.toBe(null);
  expect(slots.reserve(2)).not.toBe(null);
  expect(slots.reserve(2)).toBe(null);
  first?.release();
  first?.release();
  expect(slots.reserve(2)).not.toBe(null);
  expect(slots.reserve(2)).toBe(null);
  expect(slots.reserve(-1)).toBe(null);
});

test("that every slot was taken is remembered for a while", () => {
  const slots = createSlotReservations();
  const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000);
  expect(slots.wasFull(at(0))).toBe(false);
  slots.noteFull(at(0));
  expect([slots.wasFull(at(29)), slots.wasFull(at(30))]).toEqual([true, false]);
  slots.noteFull(at(29));
  expect(slots.wasFull(at(31))).toBe(true);
});
