import { expect, test } from "vitest";
import { createTypicalRunMemory } from "./typical-run-memory.ts";
import { learnTypicalRun } from "../../domain/eta.ts";

const at = (ms: number) => new Date(1_000_000 + ms);
const typical = learnTypicalRun([], 30);

test("what was learnt is remembered for its time, per key, and those who ask meanwhile share one answer", async () => {
  const memory = createTypicalRunMemory({ freshMs: 1_000 });
  let learnt = 0;
  const learn = async () => {
    learnt += 1;
    return typical;
  };
  const first = memory.recall("a", { now: at(0), learn });
  expect(await memory.recall("a", { now: at(999), learn })).toBe(await first);
  expect(learnt).toBe(1);
  await memory.recall("b", { now: at(999), learn });
  await memory.recall("a", { now: at(1_000), learn });
  expect(learnt).toBe(3);
});

test("a database that was away is asked again at once", async () => {
  const memory = createTypicalRunMemory({ freshMs: 1_000 });
  const away = () => Promise.reject(new Error("away"));
  await expect(memory.recall("a", { now: at(0), learn: away })).rejects.toThrow("away");
  expect(await memory.recall("a", { now: at(0), learn: async () => typical })).toBe(typical);
});
