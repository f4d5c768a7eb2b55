import { expect, test } from "vitest";
import { onChosenPort } from "./on-chosen-port.ts";

/** Ports in turn, of which some are somebody else's by the time they are bound. */
function portsFrom(ports: readonly number[], taken: readonly number[]) {
  const left = [...ports];
  const started: number[] = [];
  return {
    started,
    source: {
      choose: () => Promise.resolve(left.shift() ?? 0),
      isFree: (port: number) => Promise.resolve(!taken.includes(port)),
    },
    start: (port: number) => {
      started.push(port);
      return taken.includes(port) ? Promise.reject(new Error("exit 1")) : Promise.resolve();
    },
  };
}

test("a port that was taken meanwhile is given up for another", async () => {
  const { source, start, started } = portsFrom([1, 2, 3], [1]);
  expect(await onChosenPort(source, start)).toBe(2);
  expect(started).toEqual([1, 2]);
});

test("three taken ports are no accident", async () => {
  const { source, start, started } = portsFrom([1, 2, 3, 4], [1, 2, 3, 4]);
  await expect(onChosenPort(source, start)).rejects.toThrow("exit 1");
  expect(started).toEqual([1, 2, 3]);
});

test("a failure on a free port is told at once", async () => {
  const { source, started } = portsFrom([1, 2], []);
  const fail = (port: number) => {
    started.push(port);
    return Promise.reject(new Error("no database"));
  };
  await expect(onChosenPort(source, fail)).rejects.toThrow("no database");
  expect(started).toEqual([1]);
});
