import { expect, test } from "vitest";
import { createGate } from "./create-gate.ts";

test("no more run at once than there are places, in order, and a failure frees its place", async () => {
  const gate = createGate({ tasks: 2, pixels: 100 }, ["job"]);
  const started: number[] = [];
  const tasks = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const runs = tasks.map(({ promise }, index) =>
    gate({ lane: "job", pixels: 10 }, async () => {
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
  const gate = createGate({ tasks: 9, pixels: 100 }, ["job"]);
  const started: number[] = [];
  const tasks = [60, 50, 30, 500, 1].map((pixels) => ({
    pixels,
    ...Promise.withResolvers<void>(),
  }));
  const runs = tasks.map(({ pixels, promise }) =>
    gate({ lane: "job", pixels }, async () => {
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

test("lanes take turns: who comes alone waits for one of a crowd, not for all of it", async () => {
  const gate = createGate({ tasks: 1, pixels: 100 }, ["request", "job"]);
  const order: string[] = [];
  const pass = (lane: "request" | "job", name: string) =>
    gate({ lane, pixels: 10 }, async () => {
      order.push(name);
    });
  const crowd = [1, 2, 3, 4].map((n) => pass("job", `job ${n}`));
  await Promise.all([...crowd, pass("request", "request 1"), pass("request", "request 2")]);
  expect(order).toEqual(["job 1", "request 1", "job 2", "request 2", "job 3", "job 4"]);
});

test("a large one whose turn it is is not overtaken by the other lane either", async () => {
  const gate = createGate({ tasks: 9, pixels: 100 }, ["request", "job"]);
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const runs = [
    gate({ lane: "request", pixels: 60 }, () => first.promise),
    gate({ lane: "job", pixels: 90 }, async () => void order.push("large job")),
    gate({ lane: "request", pixels: 10 }, async () => void order.push("small request")),
  ];
  expect(order).toEqual([]);
  first.resolve();
  await Promise.all(runs);
  expect(order).toEqual(["large job", "small request"]);
});
