import { expect, test } from "vitest";
import { findOverlap } from "./audit.ts";
import { FIGURES } from "./chaos-studio.ts";
import type { SimulatedRun } from "./simulator-process.ts";

const run = (id: string, submittedAtMs: number, endedAtMs: number | null): SimulatedRun => ({
  id,
  status: endedAtMs === null ? "DELETED" : "COMPLETED",
  filePrefix: id,
  submittedAtMs,
  endedAtMs,
});

test("two runs of one job at one instant are found, whatever their order", () => {
  expect(findOverlap([run("b", 50, 90), run("a", 0, 51)])).toContain("a lived until 51");
  expect(findOverlap([run("a", 0, 50), run("b", 50, 90), run("c", 90, 91)])).toBeNull();
});

test("a run that was deleted lived as long as its time to live", () => {
  expect(
    findOverlap([run("a", 0, null), run("b", FIGURES.ttlMs - 1, FIGURES.ttlMs)]),
  ).not.toBeNull();
  expect(findOverlap([run("a", 0, null), run("b", FIGURES.ttlMs, null)])).toBeNull();
});
