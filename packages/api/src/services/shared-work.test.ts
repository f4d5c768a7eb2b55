import { expect, test } from "vitest";
import { createSharedWork } from "./shared-work.ts";

/** A task that ends when it is told to. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const task = { begun: 0, resolve, reject, run: () => ((task.begun += 1), promise) };
  return task;
}

/** Lets everything that can go on without the outside go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("who asks for what is under way gets the same outcome, and it is begun once", async () => {
  const work = createSharedWork<string>(2);
  const one = controlled();
  const answers = [work.run("a", one.run), work.run("a", one.run), work.run("a", one.run)];
  one.resolve("done");
  expect(await Promise.all(answers)).toEqual(["done", "done", "done"]);
  expect(one.begun).toBe(1);
});

test("what has ended, well or not, is begun anew", async () => {
  const work = createSharedWork<string>(2);
  await expect(work.run("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await work.run("a", () => Promise.resolve("again"))).toBe("again");
});

test("no more than so many run at once; the next begins when one ends, failed ones too", async () => {
  const work = createSharedWork<string>(2);
  const tasks = [controlled(), controlled(), controlled(), controlled()];
  const answers = tasks.map((task, n) => work.run(`${n}`, task.run));
  const settled = Promise.allSettled(answers);
  await settle();
  expect(tasks.map(({ begun }) => begun)).toEqual([1, 1, 0, 0]);
  tasks[0]?.reject(new Error("broken"));
  await settle();
  expect(tasks.map(({ begun }) => begun)).toEqual([1, 1, 1, 0]);
  for (const task of tasks.slice(1)) task.resolve("done");
  expect((await settled).map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
  expect(tasks[3]?.begun).toBe(1);
});
