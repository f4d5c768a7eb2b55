import { expect, test } from "vitest";
import { createShortMemory } from "./short-memory.ts";

const at = (ms: number) => new Date(1_000_000 + ms);

test("what was read is remembered for its time, per key, and those who ask meanwhile share one answer", async () => {
  const memory = createShortMemory<number>({ freshMs: 1_000 });
  let readings = 0;
  const read = async () => ++readings;
  const first = memory.recall("a", { now: at(0), read });
  expect(memory.recall("a", { now: at(0), read })).toBe(first);
  expect(await memory.recall("a", { now: at(999), read })).toBe(1);
  expect(await memory.recall("b", { now: at(999), read })).toBe(2);
  expect(await memory.recall("a", { now: at(1_000), read })).toBe(3);
});

test("a database that was away is asked again at once", async () => {
  const memory = createShortMemory<number>({ freshMs: 1_000 });
  const away = () => Promise.reject(new Error("away"));
  await expect(memory.recall("a", { now: at(0), read: away })).rejects.toThrow("away");
  expect(await memory.recall("a", { now: at(0), read: async () => 1 })).toBe(1);
});

test("a reading that fails late does not take back what was read after it", async () => {
  const memory = createShortMemory<number>({ freshMs: 1_000 });
  const slow = Promise.withResolvers<number>();
  const first = memory.recall("a", { now: at(0), read: () => slow.promise });
  expect(await memory.recall("a", { now: at(1_000), read: async () => 2 })).toBe(2);
  slow.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  expect(await memory.recall("a", { now: at(1_001), read: async () => 3 })).toBe(2);
});
