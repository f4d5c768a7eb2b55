import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { sleep } from "./sleep.ts";

const NEVER_MS = 2 ** 30;

test("a wait that is over leaves no listener, however many there were", async () => {
  const { signal } = new AbortController();
  for (let n = 0; n < 20; n += 1) await sleep(0, signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a wait ends with its signal, also one that was given before", async () => {
  const leave = new AbortController();
  const waiting = sleep(NEVER_MS, leave.signal);
  leave.abort();
  await waiting;
  await sleep(NEVER_MS, leave.signal);
  expect(getEventListeners(leave.signal, "abort")).toEqual([]);
});
