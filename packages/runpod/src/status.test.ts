import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { RUNPOD_STATUSES, toReport } from "./status.ts";

const progress = { type: "progress", value: 12, max: 25, percent: 48, node: "3" };

describe("a job object", () => {
  test.each(["IN_PROGRESS", "RUNNING"])("%s is running, its output the progress", (status) => {
    expect(toReport({ id: "a", status, output: progress })).toEqual({
      kind: "running",
      progress: { value: 12, max: 25 },
    });
  });

  test.each([
    ["a text", "loading models"],
    ["a finished-looking result", { images: [{ filename: "a", type: "base64", data: "AAAA" }] }],
    ["steps out of nothing", { type: "progress", value: 1, max: 0 }],
    ["a step that is no number", { type: "progress", value: "3", max: 4 }],
    ["nothing", undefined],
  ])("IN_PROGRESS with %s as output is running without steps", (_, output) => {
    expect(toReport({ status: "IN_PROGRESS", output })).toEqual({
      kind: "running",
      progress: null,
    });
  });

  test("more steps done than there are is all of them", () => {
    expect(toReport({ status: "IN_PROGRESS", output: { ...progress, value: 26 } })).toEqual({
      kind: "running",
      progress: { value: 25, max: 25 },
    });
  });

  test("COMPLETED carries output and times in ms", () => {
    expect(
      toReport({ status: "COMPLETED", output: "x", delayTime: 824, executionTime: 3391 }),
    ).toEqual({ kind: "completed", output: "x", delayMs: 824, executionMs: 3391 });
  });

  test("COMPLETED may come without output and without times", () => {
    expect(toReport({ status: "COMPLETED" })).toEqual({
      kind: "completed",
      output: undefined,
      delayMs: null,
      executionMs: null,
    });
  });

  test("a status nobody knows keeps us waiting", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (status) => {
        fc.pre(!RUNPOD_STATUSES.some((known) => known === status));
        expect(toReport({ status })).toEqual({ kind: "waiting", queuedMs: null });
      }),
    );
  });

  test("any JSON at all is a report or null, never an exception", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...RUNPOD_STATUSES), (value, status) => {
        toReport(value);
        expect(
          toReport({ status, output: value, error: value, delayTime: value, executionTime: value }),
        ).not.toBeNull();
      }),
    );
  });
});
