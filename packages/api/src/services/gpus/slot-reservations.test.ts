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
