import { expect, test } from "vitest";
import { createCounters } from "./counters.ts";
import { renderTotals } from "./render-totals.ts";

test("a table says what was asked, what was reached, with which seeds, and what was broken", () => {
  const counters = createCounters();
  counters.kills = { "job.created": 7, "result.stored": 5, "at random": 3 };
  counters.serverBackMs.push(600, 700, 800);
  counters.jobs = { done: 40, cancelled: 2 };
  const violations = [{ rule: "an end is the end", jobId: null, detail: "" }];
  const run = { name: "kill-rounds", seed: 10, ms: 1, violations };
  const table = renderTotals([
    {
      drill: "kill-rounds",
      wanted: { kills: 10 },
      seeds: { from: 10, to: 19 },
      seconds: 61,
      counters,
      runs: [{ ...run, violations: [] }, run],
      orphans: [77],
      folder: "/kept",
    },
  ]);
  const rows = table.split("\n").slice(2);
  expect(rows).toEqual([
    "| servers killed (SIGKILL) at named points | 12 (10) |  |  |  |  |",
    "| `kill-rounds`, 2 chunks: 40 done, 2 cancelled |  | 10 to 19 | 61 | 2 | " +
      "2 points, each 5 times or more; a server listens in p50 700 ms, at most 800 ms |",
  ]);
});
