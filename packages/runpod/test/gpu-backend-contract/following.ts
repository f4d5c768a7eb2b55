import { expect, test } from "vitest";
import {
  accepted,
  another,
  completed,
  expectTold,
  signal,
  type BackendUnderTest,
} from "./backend-under-test.ts";

/** What is told of an attempt that was sent, until it has ended and is forgotten. */
export function describeFollowing(setup: () => Promise<BackendUnderTest>): void {
  test("gives the same report as often as it is asked", async () => {
    await using it = await setup();
    const id = await accepted(it);
    await it.startJob(id);
    await it.finishJob(id);
    const first = await it.backend.report(id, signal);
    expect(await it.backend.report(id, signal)).toEqual(first);
  });

  test("cancels a waiting attempt and a running one, for good", async () => {
    await using it = await setup();
    const waiting = await accepted(it);
    await it.backend.cancel(waiting, signal);
    const running = await accepted(it, another(it.attempt));
    await it.startJob(running);
    await it.backend.cancel(running, signal);
    for (const id of [waiting, running]) {
      expect(await it.backend.report(id, signal)).toMatchObject({
        kind: "failed",
        failure: { status: "CANCELLED", cause: "cancelled", retriable: false },
      });
    }
    expect(await it.liveJobs()).toBe(0);
  });

  test("leaves a finished attempt as it is when it is cancelled", async () => {
    await using it = await setup();
    const { id, output } = await completed(it);
    await it.backend.cancel(id, signal);
    expect(await it.backend.report(id, signal)).toMatchObject({ kind: "completed", output });
  });

  test("reports an id nobody knows as gone, and cancels it without an error", async () => {
    await using it = await setup();
    expect(await it.backend.report(it.unknownId, signal)).toEqual({ kind: "gone" });
    await expect(it.backend.cancel(it.unknownId, signal)).resolves.toBeUndefined();
  });

  test("reports what cannot be an id as gone, and asks nobody", async () => {
    await using it = await setup();
    for (const id of ["", "..", "../health", "a/b", "a?b", "a%2fb", "x".repeat(300)]) {
      expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
      await expect(it.backend.cancel(id, signal)).resolves.toBeUndefined();
    }
    expect(it.failures).toEqual([]);
  });

  test("reports a result as gone once it is forgotten", async () => {
    await using it = await setup();
    const { id } = await completed(it);
    await it.forgetResults();
    expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
  });

  test("tells of a job that runs out of memory, and that it is worth another try", async () => {
    await using it = await setup();
    await it.failNextJob();
    const id = await accepted(it);
    await it.startJob(id);
    await it.finishJob(id);
    expect(await it.backend.report(id, signal)).toMatchObject({
      kind: "failed",
      failure: { status: "FAILED", cause: "out-of-memory", retriable: true },
    });
    expectTold(it, { operation: "report", cause: "out-of-memory", runpodJobId: id });
  });

  test("counts what waits and what runs", async () => {
    await using it = await setup();
    const first = await accepted(it);
    await it.startJob(first);
    await accepted(it, another(it.attempt));
    expect(await it.backend.health(signal)).toMatchObject({
      inProgress: 1,
      inQueue: 1,
      running: 1,
    });
  });
}
