import { expect, test } from "vitest";

import { createManualClock } from "../../test/support/manual-clock.ts";
import { createJob, type SimulatedJob } from "./job.ts";
import { ResultShelf } from "./result-shelf.ts";
import { PLAIN_RUN } from "./scenario.ts";

function finishedJob(id: string, collected: boolean): SimulatedJob {
  const request = { raw: Buffer.alloc(0), webhookUrl: null, executionTimeoutMs: 1, ttlMs: 1 };
  const run = {
    request: { ...request, filePrefix: null },
    plan: PLAIN_RUN,
    clock: createManualClock(),
  };
  const images = [{ filename: "a.png", png: new Uint8Array(10) }];
  return { ...createJob(id, run), collected, outcome: { kind: "images", images } };
}

function shelfOf(maxHeldBytes: number): { shelf: ResultShelf; givenUp: string[] } {
  const givenUp: string[] = [];
  const shelf = new ResultShelf((job) => {
    givenUp.push(job.id);
    job.outcome = null;
  }, maxHeldBytes);
  return { shelf, givenUp };
}

test("past the limit the oldest collected results go first", () => {
  const { shelf, givenUp } = shelfOf(20);
  for (const id of ["a", "b", "c", "d"]) shelf.put(finishedJob(id, true));
  expect(givenUp).toEqual(["a", "b"]);
});

test("a result nobody has read yet never goes", () => {
  const { shelf, givenUp } = shelfOf(20);
  for (const id of ["a", "b", "c"]) shelf.put(finishedJob(id, false));
  shelf.put(finishedJob("d", true));
  expect(givenUp).toEqual(["d"]);
});
