import { describe, expect, test } from "vitest";

import type { AttemptRequest, GpuBackend } from "../src/backend.ts";
import type { FailedExchange } from "../src/exchange.ts";
import type { ExchangeCause } from "../src/exchange-cause.ts";

/** One GPU side a backend talks to, whose time the suite moves. */
export interface BackendUnderTest extends AsyncDisposable {
  backend: GpuBackend;
  /** The same backend with credentials the other side refuses; null = that side knows no keys. */
  unauthorized: GpuBackend | null;
  /** Told by `backend` and `unauthorized` alike, oldest first. */
  failures: readonly FailedExchange[];
  /** What no record of a failure may hold: keys, tokens, prompts, base64 of pictures. */
  secrets: readonly string[];
  attempt: AttemptRequest;
  /** An id of this side's form that it never gave out. */
  unknownId: string;
  /** Whether a graph that cannot run is turned away at once or fails on the worker. */
  refusesGraphs: "on submit" | "on the worker";
  /** False: pictures come without a file name, so whose they are is not to be seen. */
  namesFiles: boolean;
  /** Why a wrong key is refused. */
  refusedCause: ExchangeCause;
  /** Whether this side can be asked for an attempt whose answer was lost, under an id of our own. */
  findsLostAnswers: boolean;
  /** What the other side really holds. */
  liveJobs(): Promise<number>;
  startJob(id: string): Promise<void>;
  finishJob(id: string): Promise<void>;
  /** Makes the other side forget what has ended, as it does by itself after a while. */
  forgetResults(): Promise<void>;
  /** Makes the next submit be taken in while its answer is lost. */
  loseNextAnswer(): Promise<void>;
  /** Makes the next submit be turned away for its rate; null = that side has no limits. */
  limitNextSubmit: (() => Promise<void>) | null;
  /** Makes the next submitted job run out of GPU memory on its worker. */
  failNextJob(): Promise<void>;
  /** Makes the next submitted job end well but without its result; null = that cannot happen. */
  loseNextResult: (() => Promise<void>) | null;
  /** Ends the other side for good. */
  shutDown(): Promise<void>;
}

const MAX_BYTES = 20_000_000;

/** The rules every GPU backend keeps, whatever it talks to. */
export function describeGpuBackend(name: string, setup: () => Promise<BackendUnderTest>): void {
  const signal = new AbortController().signal;

  async function submit(it: BackendUnderTest, over: Partial<AttemptRequest> = {}) {
    return it.backend.submit({ ...it.attempt, ...over }, { signal });
  }

  async function accepted(it: BackendUnderTest, over?: Partial<AttemptRequest>): Promise<string> {
    const outcome = await submit(it, over);
    if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
    return outcome.runpodJobId;
  }

  /** The output of a job that has run to its end. */
  async function completed(it: BackendUnderTest): Promise<{ id: string; output: unknown }> {
    const id = await accepted(it);
    await it.startJob(id);
    await it.finishJob(id);
    const report = await it.backend.report(id, signal);
    if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
    return { id, output: report.output };
  }

  /** The last failure was told as such, with nothing in it that is nobody's business. */
  function expectTold(it: BackendUnderTest, facts: Partial<FailedExchange>): void {
    expect(it.failures.at(-1)).toMatchObject({ backend: it.backend.name, ...facts });
    const told = JSON.stringify(it.failures);
    for (const secret of it.secrets) expect(told).not.toContain(secret);
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
      const want = { filePrefix, maxBytes: MAX_BYTES };
      const reading = await it.backend.fetchPictures(report.output, want, signal);
      if (reading.kind !== "images") throw new Error(`The output was ${reading.kind}.`);
      expect(reading.images).toHaveLength(1);
      const [image] = reading.images;
      expect(
        Buffer.from(image?.bytes ?? [])
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
      if (it.namesFiles) expect(image?.filename.startsWith(filePrefix)).toBe(true);
      expect(await it.backend.fetchPictures(report.output, want, signal)).toEqual(reading);
      expect(it.failures).toEqual([]);
    });

    test("never gives a picture that bears somebody else's name", async () => {
      await using it = await setup();
      const { output } = await completed(it);
      const want = { filePrefix: "somebody-elses", maxBytes: MAX_BYTES };
      const reading = await it.backend.fetchPictures(output, want, signal);
      expect(reading.kind).toBe(it.namesFiles ? "unreadable" : "images");
    });

    test("never gives more bytes than are wanted", async () => {
      await using it = await setup();
      const { output } = await completed(it);
      const { filePrefix } = it.attempt;
      const all = await it.backend.fetchPictures(
        output,
        { filePrefix, maxBytes: MAX_BYTES },
        signal,
      );
      if (all.kind !== "images") throw new Error(`The output was ${all.kind}.`);
      const bytes = all.images[0]?.bytes.byteLength ?? 0;
      const exactly = { filePrefix, maxBytes: bytes };
      expect(await it.backend.fetchPictures(output, exactly, signal)).toEqual(all);
      const less = { filePrefix, maxBytes: bytes - 1 };
      expect((await it.backend.fetchPictures(output, less, signal)).kind).toBe("unreadable");
    });

    test("reads any output without an exception", async () => {
      await using it = await setup();
      const want = { filePrefix: it.attempt.filePrefix, maxBytes: MAX_BYTES };
      for (const [output, kind] of [
        [undefined, "nothing"],
        [null, "nothing"],
        [{}, "nothing"],
        [{ surprise: { kittens: 7 } }, "unreadable"],
        [["../../etc/passwd"], "unreadable"],
        ["https://169.254.169.254/latest/meta-data", "unreadable"],
      ] as const) {
        const reading = await it.backend.fetchPictures(output, want, signal);
        expect([output, reading.kind]).toEqual([output, kind]);
      }
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

    test("tells of a result that got lost", async ({ skip }) => {
      await using it = await setup();
      if (it.loseNextResult === null) return skip("this side loses no results");
      await it.loseNextResult();
      const { id, output } = await completed(it);
      const want = { filePrefix: it.attempt.filePrefix, maxBytes: MAX_BYTES };
      expect(await it.backend.fetchPictures(output, want, signal)).toEqual({ kind: "nothing" });
      expectTold(it, { operation: "report", cause: "result-too-large", runpodJobId: id });
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
  });
}

/** The same attempt under a file prefix of its own: an attempt's is random, and never used twice. */
function another({ graph, filePrefix }: AttemptRequest): Partial<AttemptRequest> {
  const copy = structuredClone(graph);
  for (const { inputs } of Object.values(copy)) {
    if (inputs["filename_prefix"] === filePrefix) inputs["filename_prefix"] = `${filePrefix}-2`;
  }
  return { graph: copy, filePrefix: `${filePrefix}-2` };
}
