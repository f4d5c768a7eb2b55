import { expect, test } from "vitest";
import { createGate } from "./create-gate.ts";

test("no more run at once than there are places, in order, and a failure frees its place", async () => {
  const gate = createGate(2);
  const started: number[] = [];
  const tasks = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const runs = tasks.map(({ promise }, index) =>
    gate(async () => {
      started.push(index);
      await promise;
      return index;
    }),
  );
  const outcomes = Promise.allSettled(runs);
  expect(started).toEqual([0, 1]);
  tasks[1]?.reject(new Error("broken"));
  await expect(runs[1]).rejects.toThrow("broken");
  expect(started).toEqual([0, 1, 2]);
  tasks[0]?.resolve();
  await runs[0];
  expect(started).toEqual([0, 1, 2, 3]);
  tasks[2]?.resolve();
  tasks[3]?.resolve();
  expect((await outcomes).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
});
