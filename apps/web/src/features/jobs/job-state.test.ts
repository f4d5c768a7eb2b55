import fc from "fast-check";
import { expect, test } from "vitest";
import type { JobStatus } from "@ob/api";
import { aJob } from "../../testing/a-job.ts";
import { isTerminal, newerJob } from "./job-state.ts";
import { FIRST_LINK, nextLink } from "./live-link.ts";
import { withJob, withoutJob } from "./use-jobs-list.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const status = fc.constantFrom<JobStatus>(
  "queued",
  "running",
  "storing",
  "done",
  "failed",
  "cancelled",
);
const snapshot = fc
  .record({ status, second: fc.nat(5) })
  .map(({ status: to, second }) => aJob({ status: to, stage: "waiting", updatedAt: at(second) }));

test("in whatever order snapshots arrive, a finished job never becomes unfinished", () => {
  fc.assert(
    fc.property(fc.array(snapshot, { minLength: 1 }), (snapshots) => {
      let known = snapshots[0];
      for (const next of snapshots) {
        const wasOver = known !== undefined && isTerminal(known);
        known = newerJob(known, next);
        if (wasOver) expect(isTerminal(known)).toBe(true);
      }
    }),
  );
});

test("a snapshot that arrives late does not take the progress back", () => {
  const fresh = aJob({ status: "running", progress: 0.75, updatedAt: at(3) });
  const stale = aJob({ status: "running", progress: 0.25, updatedAt: at(2) });
  expect(newerJob(fresh, stale)).toBe(fresh);
  expect(newerJob(stale, fresh)).toBe(fresh);
});

test("the same moment sent again carries the newer queue place", () => {
  const before = aJob({ status: "queued", queuePosition: 4, updatedAt: at(1) });
  const after = aJob({ status: "queued", queuePosition: 2, updatedAt: at(1) });
  expect(newerJob(before, after)).toBe(after);
});

test("the stream lost twice gives way to polling, and gets one more chance later", () => {
  const once = nextLink(FIRST_LINK, "lost");
  expect(once.kind).toBe("stream");
  expect(nextLink(once, "heard")).toEqual(FIRST_LINK);
  const polling = nextLink(once, "lost");
  expect(polling).toEqual({ kind: "poll" });
  const tried = nextLink(polling, "streamTried");
  expect(tried.kind).toBe("stream");
  expect(nextLink(tried, "lost")).toEqual({ kind: "poll" });
});

test("news of a known job stay in their place, a new job comes first, a deleted one goes", () => {
  const first = aJob({ id: "1", createdAt: at(20) });
  const second = aJob({ id: "2", createdAt: at(10) });
  const pages = { pages: [{ items: [first, second], nextCursor: null }], pageParams: [null] };
  const finished = aJob({ ...second, status: "done", updatedAt: at(9) });
  expect(withJob(pages, finished)?.pages[0]?.items).toEqual([first, finished]);
  const third = aJob({ id: "3", createdAt: at(30) });
  expect(withJob(pages, third)?.pages[0]?.items).toEqual([third, first, second]);
  expect(withoutJob(pages, "1")?.pages[0]?.items).toEqual([second]);
});

test("news of a job older than any loaded page are left for that page, so that no job shows twice", () => {
  const newest = aJob({ id: "1", createdAt: at(30) });
  const oldest = aJob({ id: "2", createdAt: at(20) });
  const between = aJob({ id: "3", createdAt: at(25) });
  const older = aJob({ id: "4", createdAt: at(10) });
  const page = (nextCursor: string | null) => ({
    pages: [{ items: [newest, oldest], nextCursor }],
    pageParams: [null],
  });
  expect(withJob(page("more"), older)?.pages[0]?.items).toEqual([newest, oldest]);
  expect(withJob(page(null), older)?.pages[0]?.items).toEqual([newest, oldest, older]);
  expect(withJob(page("more"), between)?.pages[0]?.items).toEqual([newest, between, oldest]);
});
