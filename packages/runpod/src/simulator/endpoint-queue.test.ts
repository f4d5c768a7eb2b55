import { expect, test } from "vitest";

import { createManualClock } from "../../test/support/manual-clock.ts";
import { EndpointQueue, type EndpointQueueOptions } from "./endpoint-queue.ts";
import type { SimulatedJob } from "./job.ts";
import { PLAIN_RUN } from "./scenario.ts";
import { InputFolder } from "./worker/input-folder.ts";
import type { WorkerOutcome } from "./worker/outcome.ts";

const IMAGES: WorkerOutcome = { kind: "images", images: [] };

function setup(over: Partial<EndpointQueueOptions> = {}) {
  const clock = createManualClock();
  const finished: SimulatedJob[] = [];
  let ids = 0;
  const queue = new EndpointQueue({
    clock,
    gpuMs: 1_000,
    queueMs: 100,
    workers: 1,
    newId: () => `job-${(ids += 1)}`,
    begin: () => ({ sampler: { nodeId: "3", steps: 4 }, draw: async () => IMAGES }),
    inputFolderOf: () => new InputFolder(),
    readsInputAfterMs: 0,
    onStarted: () => undefined,
    onFinished: (job) => finished.push(job),
    log: () => undefined,
    ...over,
  });
  const submit = (): SimulatedJob =>
    queue.submit(
      {
        raw: Buffer.from('{"input":{}}'),
        webhookUrl: null,
        executionTimeoutMs: 60_000,
        ttlMs: 120_000,
        filePrefix: null,
      },
      PLAIN_RUN,
    );
  return { clock, queue, finished, submit };
}

test("a bug in the worker fails the job and leaves the worker to the next one", async () => {
  let broken = true;
  const { clock, submit } = setup({
    begin: () => {
      if (broken) throw new Error("boom");
      return { sampler: null, draw: async () => IMAGES };
    },
  });
  const first = submit();
  await clock.advance(100);
  expect(first).toMatchObject({
    status: "FAILED",
    outcome: { kind: "error", error: "An unexpected error occurred: Error: boom" },
  });
  broken = false;
  const second = submit();
  await clock.advance(1_100);
  expect(second.status).toBe("COMPLETED");
});

test("a drawing that comes after the job was cancelled changes nothing", async () => {
  const drawn = Promise.withResolvers<WorkerOutcome>();
  const { clock, queue, finished, submit } = setup({
    begin: () => ({ sampler: null, draw: () => drawn.promise }),
  });
  const job = submit();
  await clock.advance(100);
  queue.cancel(job);
  drawn.resolve(IMAGES);
  await clock.advance(5_000);
  expect(job).toMatchObject({ status: "CANCELLED", outcome: null });
  expect(finished).toEqual([]);
});

test("a drawing of the first run is not taken for the retry's", async () => {
  const draws = [
    Promise.withResolvers<WorkerOutcome>(),
    Promise.withResolvers<WorkerOutcome>(),
  ] as const;
  let run = 0;
  const { clock, queue, submit } = setup({
    begin: () => ({ sampler: null, draw: () => draws[run++ === 0 ? 0 : 1].promise }),
  });
  const job = submit();
  await clock.advance(60_100);
  expect(job.status).toBe("TIMED_OUT");
  expect(queue.retry(job)).toBe(true);
  await clock.advance(100);
  draws[0].resolve(IMAGES);
  await clock.advance(2_000);
  expect(job.status).toBe("IN_PROGRESS");
  draws[1].resolve(IMAGES);
  await clock.advance(2_000);
  expect(job.status).toBe("COMPLETED");
});

test("nothing stays planned once every job is forgotten", async () => {
  const { clock, queue, submit } = setup({ workers: 2 });
  const jobs = [submit(), submit(), submit()];
  await clock.advance(150);
  for (const job of jobs.slice(1)) queue.cancel(job);
  await clock.advance(2 * 3_600_000);
  expect(jobs.map(({ status }) => status)).toEqual(["DELETED", "DELETED", "DELETED"]);
  expect(clock.pending()).toBe(0);
  expect(queue.count()).toMatchObject({ FREE_WORKERS: 2, DELETED: 3 });
});

test("the input is dropped once nothing can need it, to bound the memory of long runs", async () => {
  const { clock, queue, submit } = setup();
  const done = submit();
  await clock.advance(1_100);
  expect(done).toMatchObject({ status: "COMPLETED", request: null });
  const cancelled = submit();
  queue.cancel(cancelled);
  expect(cancelled.request).toBeNull();
});
