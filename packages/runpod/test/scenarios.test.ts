import { describe, expect, test } from "vitest";

import { runJob, statusOf } from "./support/run-job.ts";
import { GPU_MS, QUEUE_MS, simulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;

describe("told to misbehave", () => {
  test("slow takes five times as long", async () => {
    await using runpod = await simulatedRunpod();
    await runpod.control("slow");
    const id = await runJob(runpod);
    await runpod.clock.advance(QUEUE_MS);
    await runpod.events.seen({ event: "job.drawn", id });
    await runpod.clock.advance(5 * GPU_MS - 1);
    expect(await statusOf(runpod, id)).toBe("IN_PROGRESS");
    await runpod.clock.advance(1);
    expect(await statusOf(runpod, id)).toBe("COMPLETED");
  });

  test.each([
    ["fail", { status: "FAILED", cause: "worker", retriable: true }],
    ["oom", { status: "FAILED", cause: "out-of-memory", retriable: true }],
  ])("%s fails as the worker words it", async (scenario, failure) => {
    await using runpod = await simulatedRunpod();
    await runpod.control(scenario);
    const id = await runJob(runpod);
    await runpod.clock.advance(QUEUE_MS + GPU_MS);
    const report = await runpod.client.report(id, signal);
    expect(report).toMatchObject({ kind: "failed", failure });
  });

  test("no-output completes without an output", async () => {
    await using runpod = await simulatedRunpod();
    await runpod.control("no-output");
    const id = await runJob(runpod);
    await runpod.clock.advance(QUEUE_MS + GPU_MS);
    const job: unknown = await (await runpod.request("GET", `/status/${id}`)).json();
    expect(job).toMatchObject({ status: "COMPLETED" });
    expect(job).not.toHaveProperty("output");
  });

  test("hang runs until somebody ends it", async () => {
    await using runpod = await simulatedRunpod();
    await runpod.control("hang");
    const id = await runJob(runpod);
    await runpod.clock.advance(QUEUE_MS + 100 * GPU_MS);
    expect(await statusOf(runpod, id)).toBe("IN_PROGRESS");
    await runpod.request("POST", `/cancel/${id}`);
    expect(await statusOf(runpod, id)).toBe("CANCELLED");
  });

  test("a scenario applies to the next `times` calls, and ok clears all", async () => {
    await using runpod = await simulatedRunpod({ workers: 4 });
    await runpod.control("fail", 2);
    const failing = [await runJob(runpod), await runJob(runpod)];
    const fine = await runJob(runpod);
    await runpod.control("fail", 5);
    await runpod.control("ok");
    const alsoFine = await runJob(runpod);
    await runpod.clock.advance(QUEUE_MS);
    await runpod.events.seen({ event: "job.drawn", id: fine });
    await runpod.events.seen({ event: "job.drawn", id: alsoFine });
    await runpod.clock.advance(GPU_MS);
    for (const id of failing) expect(await statusOf(runpod, id)).toBe("FAILED");
    for (const id of [fine, alsoFine]) expect(await statusOf(runpod, id)).toBe("COMPLETED");
  });

  test.each([{}, { scenario: "explode" }, { scenario: "fail", times: 0 }, "{"])(
    "%j is no scenario",
    async (body) => {
      await using runpod = await simulatedRunpod();
      const response = await fetch(`${runpod.url}/control`, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      expect(response.status).toBe(400);
    },
  );
});
