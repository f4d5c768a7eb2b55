import { expect, test } from "vitest";
import { expectTold, signal, submit, type BackendUnderTest } from "./backend-under-test.ts";

/** How an attempt is sent: at most once, and with a clear word on what became of it. */
export function describeSending(setup: () => Promise<BackendUnderTest>): void {
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

  test("never calls a lost answer refused: the attempt may well be queued", async () => {
    await using it = await setup();
    await it.loseNextAnswer();
    const outcome = await it.backend.submit(it.attempt, { signal });
    expect(outcome.kind).toBe(it.findsLostAnswers ? "accepted" : "unanswered");
    expect(await it.liveJobs()).toBe(1);
    expectTold(it, {
      operation: "submit",
      cause: "connection-lost",
      filePrefix: it.attempt.filePrefix,
      response: null,
    });
  });

  test("passes on how long to wait when it is turned away for its rate", async ({ skip }) => {
    await using it = await setup();
    if (it.limitNextSubmit === null) return skip("this side has no rate limits");
    await it.limitNextSubmit();
    const outcome = await it.backend.submit(it.attempt, { signal });
    expect(outcome).toMatchObject({ kind: "refused", status: 429, retryAfterMs: 1_000 });
    expect(await it.liveJobs()).toBe(0);
    expectTold(it, { operation: "submit", cause: "rate-limited" });
  });

  test("is refused with a wrong key, and says so to whoever asks", async ({ skip }) => {
    await using it = await setup();
    const { unauthorized, unknownId } = it;
    if (unauthorized === null) return skip("this side knows no keys");
    const failure = { name: "GpuUnauthorized" };
    expect(await unauthorized.submit(it.attempt, { signal })).toMatchObject({
      kind: "refused",
      status: 401,
    });
    await expect(unauthorized.report(unknownId, signal)).rejects.toMatchObject(failure);
    await expect(unauthorized.cancel(unknownId, signal)).rejects.toMatchObject(failure);
    await expect(unauthorized.health(signal)).rejects.toMatchObject(failure);
    expect(await it.liveJobs()).toBe(0);
    const [first, ...others] = it.failures.map(({ operation }) => operation);
    // Pictures may go ahead of the submit itself, and are refused first then.
    expect(["upload", "submit"]).toContain(first);
    expect(others).toEqual(["report", "cancel", "health"]);
    expect(new Set(it.failures.map(({ cause }) => cause))).toEqual(new Set([it.refusedCause]));
  });

  test("tells of a graph the GPU refuses, and that it is not worth another try", async () => {
    await using it = await setup();
    const outcome = await submit(it, {
      graph: { "1": { class_type: "NoSuchNode", inputs: {} } },
    });
    if (it.refusesGraphs === "on submit") {
      expect(outcome).toMatchObject({ kind: "refused", status: 400 });
      expectTold(it, { operation: "submit", cause: "node-class-missing" });
      expect(await it.liveJobs()).toBe(0);
      return;
    }
    if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
    await it.finishJob(outcome.runpodJobId);
    expect(await it.backend.report(outcome.runpodJobId, signal)).toMatchObject({
      kind: "failed",
      failure: { status: "FAILED", cause: "validation", retriable: false },
    });
    expectTold(it, { operation: "report", cause: "node-class-missing" });
  });

  test("sends nothing to a GPU side that is not there, and cannot be asked", async () => {
    await using it = await setup();
    await it.shutDown();
    const unavailable = { name: "GpuUnavailable" };
    expect(await it.backend.submit(it.attempt, { signal })).toMatchObject({
      kind: "refused",
      status: null,
    });
    await expect(it.backend.report(it.unknownId, signal)).rejects.toMatchObject(unavailable);
    await expect(it.backend.cancel(it.unknownId, signal)).rejects.toMatchObject(unavailable);
    await expect(it.backend.health(signal)).rejects.toMatchObject(unavailable);
    expectTold(it, { operation: "health", cause: "connection-refused", response: null });
    const operations = new Set(it.failures.map(({ operation }) => operation));
    for (const each of ["report", "cancel"] as const) expect(operations).toContain(each);
  });
}
