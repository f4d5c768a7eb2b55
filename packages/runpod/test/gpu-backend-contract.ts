import { describe, expect, test } from "vitest";

import type { AttemptRequest, GpuBackend } from "../src/backend.ts";

/** One GPU side a backend talks to, whose time the suite moves. */
export interface BackendUnderTest extends AsyncDisposable {
  backend: GpuBackend;
  /** The same backend with credentials the other side refuses. */
  unauthorized: GpuBackend;
  attempt: AttemptRequest;
  /** What the other side really holds. */
  liveJobs(): Promise<number>;
  startJob(id: string): Promise<void>;
  finishJob(id: string): Promise<void>;
  /** Lets 31 minutes pass. */
  passRetention(): Promise<void>;
  /** Makes the next submit be taken in while its answer is lost. */
  loseNextAnswer(): Promise<void>;
  /** Makes the next submit be turned away for its rate. */
  limitNextSubmit(): Promise<void>;
  /** Ends the other side for good. */
  shutDown(): Promise<void>;
}

/** The rules every GPU backend keeps, whatever it talks to. */
export function describeGpuBackend(name: string, setup: () => Promise<BackendUnderTest>): void {
  const signal = new AbortController().signal;

  async function accepted(it: BackendUnderTest): Promise<string> {
    const outcome = await it.backend.submit(it.attempt, { signal });
    if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
    return outcome.runpodJobId;
  }

  describe(`${name} as a GPU backend`, () => {
    test("takes an attempt from waiting over running to its pictures", async () => {
      await using it = await setup();
      const id = await accepted(it);
      expect(await it.backend.report(id, signal)).toMatchObject({ kind: "waiting" });
      await it.startJob(id);
      expect(await it.backend.report(id, signal)).toMatchObject({ kind: "running" });
      await it.finishJob(id);
      const report = await it.backend.report(id, signal);
      if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
      const { filePrefix } = it.attempt;
      const want = { filePrefix, maxBytes: 20_000_000 };
      const reading = await it.backend.fetchPictures(report.output, want, signal);
      if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
      expect(reading.images).toHaveLength(1);
      expect(
        Buffer.from(reading.images[0]?.bytes ?? [])
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
    });

    test("gives the same report as often as it is asked", async () => {
      await using it = await setup();
      const id = await accepted(it);
      await it.startJob(id);
      await it.finishJob(id);
      const first = await it.backend.report(id, signal);
      expect(await it.backend.report(id, signal)).toEqual(first);
    });

    test("sends nothing when told not to at the last moment", async () => {
      await using it = await setup();
      const outcome = await it.backend.submit(it.attempt, { signal, onBeforeSend: () => false });
      expect(outcome).toMatchObject({ kind: "refused", status: null });
      expect(await it.liveJobs()).toBe(0);
    });

    test("asks once whether to send, and then sends once", async () => {
      await using it = await setup();
      let asked = 0;
      await it.backend.submit(it.attempt, { signal, onBeforeSend: () => (asked += 1) > 0 });
      expect(asked).toBe(1);
      expect(await it.liveJobs()).toBe(1);
    });

    test("sends nothing once the caller has given up", async () => {
      await using it = await setup();
      const outcome = await it.backend.submit(it.attempt, { signal: AbortSignal.abort() });
      expect(outcome).toMatchObject({ kind: "refused", status: null });
      expect(await it.liveJobs()).toBe(0);
    });

    test("calls a lost answer unanswered, and the attempt may well be queued", async () => {
      await using it = await setup();
      await it.loseNextAnswer();
      const outcome = await it.backend.submit(it.attempt, { signal });
      expect(outcome.kind).toBe("unanswered");
      expect(await it.liveJobs()).toBe(1);
    });

    test("passes on how long to wait when it is turned away for its rate", async () => {
      await using it = await setup();
      await it.limitNextSubmit();
      const outcome = await it.backend.submit(it.attempt, { signal });
      expect(outcome).toMatchObject({ kind: "refused", status: 429, retryAfterMs: 1_000 });
      expect(await it.liveJobs()).toBe(0);
    });

    test("is refused with a wrong key, and says so to whoever asks", async () => {
      await using it = await setup();
      const unauthorized = { name: "GpuUnauthorized" };
      expect(await it.unauthorized.submit(it.attempt, { signal })).toMatchObject({
        kind: "refused",
        status: 401,
      });
      await expect(it.unauthorized.report("any-e1", signal)).rejects.toMatchObject(unauthorized);
      await expect(it.unauthorized.cancel("any-e1", signal)).rejects.toMatchObject(unauthorized);
      await expect(it.unauthorized.health(signal)).rejects.toMatchObject(unauthorized);
      expect(await it.liveJobs()).toBe(0);
    });

    test("cancels a waiting attempt and a running one, for good", async () => {
      await using it = await setup();
      const waiting = await accepted(it);
      await it.backend.cancel(waiting, signal);
      const running = await accepted(it);
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
      const id = await accepted(it);
      await it.startJob(id);
      await it.finishJob(id);
      await it.backend.cancel(id, signal);
      expect(await it.backend.report(id, signal)).toMatchObject({ kind: "completed" });
    });

    test("reports an id nobody knows as gone, and cancels it without an error", async () => {
      await using it = await setup();
      expect(await it.backend.report("00000000-e1", signal)).toEqual({ kind: "gone" });
      await expect(it.backend.cancel("00000000-e1", signal)).resolves.toBeUndefined();
    });

    test("reports a result as gone after its 30 minutes", async () => {
      await using it = await setup();
      const id = await accepted(it);
      await it.startJob(id);
      await it.finishJob(id);
      await it.passRetention();
      expect(await it.backend.report(id, signal)).toEqual({ kind: "gone" });
    });

    test("reports a graph the GPU refuses as not worth another try", async () => {
      await using it = await setup();
      const graph = { "1": { class_type: "NoSuchNode", inputs: {} } };
      const outcome = await it.backend.submit({ ...it.attempt, graph }, { signal });
      if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
      await it.finishJob(outcome.runpodJobId);
      expect(await it.backend.report(outcome.runpodJobId, signal)).toMatchObject({
        kind: "failed",
        failure: { status: "FAILED", cause: "validation", retriable: false },
      });
    });

    test("counts what waits and what runs", async () => {
      await using it = await setup();
      const first = await accepted(it);
      await it.startJob(first);
      await accepted(it);
      expect(await it.backend.health(signal)).toMatchObject({
        inProgress: 1,
        inQueue: 1,
        running: 1,
      });
    });

    test("sends nothing to a GPU side that is not there, and cannot be asked", async () => {
      await using it = await setup();
      await it.shutDown();
      const unavailable = { name: "GpuUnavailable" };
      expect(await it.backend.submit(it.attempt, { signal })).toMatchObject({
        kind: "refused",
        status: null,
      });
      await expect(it.backend.report("any-e1", signal)).rejects.toMatchObject(unavailable);
      await expect(it.backend.cancel("any-e1", signal)).rejects.toMatchObject(unavailable);
      await expect(it.backend.health(signal)).rejects.toMatchObject(unavailable);
    });
  });
}
