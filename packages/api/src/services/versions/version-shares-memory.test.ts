import { expect, test } from "vitest";
import { createVersionSharesMemory } from "./version-shares-memory.ts";

const at = (ms: number) => new Date(1_800_000_000_000 + ms);

test("shares are read again once they are no longer fresh, and what failed is not remembered", async () => {
  let asked = 0;
  const memory = createVersionSharesMemory({
    async read() {
      asked += 1;
      if (asked === 1) throw new Error("away");
      return new Map([["photo-restore@1", asked]]);
    },
    freshMs: 2_000,
  });
  const shareAt = async (ms: number) => (await memory.recall(at(ms))).get("photo-restore@1");
  await expect(memory.recall(at(0))).rejects.toThrow("away");
  expect([await shareAt(0), await shareAt(1_999), await shareAt(2_000)]).toEqual([2, 2, 3]);
});
