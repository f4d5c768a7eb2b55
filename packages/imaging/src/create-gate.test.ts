import { expect, test } from "vitest";
import { createGate } from "./create-gate.ts";

test("no more run at once than there are places, in order, and a failure frees its place", async () => {
  const gate = createGate({ tasks: 2, pixels: 100 });
  const started: number[] = [];
  const tasks = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const runs = tasks.map(({ promise }, index) =>
    gate(10, async () => {
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

test("pixels together stay within the room, the next in line is never overtaken, and one too large runs alone", async () => {
  const gate = createGate({ tasks: 9, pixels: 100 });
  const started: number[] = [];
  const tasks = [60, 50, 30, 500, 1].map((pixels) => ({
    pixels,
    ...Promise.withResolvers<void>(),
  }));
  const runs = tasks.map(({ pixels, promise }) =>
    gate(pixels, async () => {
      started.push(pixels);
      await promise;
    }),
  );
  const end = async (index: number) => {
    tasks[index]?.resolve();
    await runs[index];
  };
  // The 30 would fit beside the 60, but the 50 came first.
  expect(started).toEqual([60]);
  await end(0);
  expect(started).toEqual([60, 50, 30]);
  await end(1);
  expect(started).toEqual([60, 50, 30]);
  await end(2);
  expect(started).toEqual([60, 50, 30, 500]);
  await end(3);
  await end(4);
  expect(started).toEqual([60, 50, 30, 500, 1]);
});
