import { describe, expect, test } from "vitest";

import { describeGpuBackend } from "./gpu-backend-contract.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";
import { GPU_MS, simulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;

const TOKEN = "webhook-token-that-must-not-leak";

// Made once: the suite changes nothing of it.
const edit = simulatedEdit({ webhookUrl: `https://studio.test/hooks/${TOKEN}` });

/** Every version of worker-comfyui: what its output looks like, and whether it names its files. */
describe.each([
  { version: "5.x", output: null, namesFiles: true },
  { version: "5.x with a bucket", output: "output-s3-url", namesFiles: true },
  { version: "before 5.0", output: "output-message", namesFiles: false },
])("worker-comfyui $version", ({ output, namesFiles }) => {
  describeGpuBackend("RunPod Serverless", async () => {
    const runpod = await simulatedRunpod();
    if (output !== null) await runpod.control(output, 1_000);
    const { attempt } = await edit;
    return {
      backend: runpod.client,
      unauthorized: runpod.clientWithKey(""),
      failures: runpod.failures,
      secrets: ["any-key", TOKEN, "Replace the background"],
      attempt,
      unknownId: "00000000-0000-4000-8000-000000000000-e1",
      refusesGraphs: "on the worker",
      namesFiles,
      refusedCause: "unauthorized",
      findsLostAnswers: false,
      async liveJobs() {
        const truth = await runpod.truth();
        return truth.filter(({ status }) => status === "IN_QUEUE" || status === "IN_PROGRESS")
          .length;
      },
      startJob: (id) => runpod.startJob(id),
      finishJob: (id) => runpod.finishJob(id),
      forgetResults: () => runpod.clock.advance(31 * 60_000),
      loseNextAnswer: () => runpod.control("accept-then-drop"),
      limitNextSubmit: () => runpod.control("rate-limit"),
      failNextJob: () => runpod.control("oom"),
      loseNextResult: () => runpod.control("no-output"),
      shutDown: () => runpod[Symbol.asyncDispose](),
      [Symbol.asyncDispose]: () => runpod[Symbol.asyncDispose](),
    };
  });
});

test("a running job reports each sampler step of its mode", async () => {
  await using runpod = await simulatedRunpod();
  const { attempt, bound } = await simulatedEdit({ mode: "quality" });
  const outcome = await runpod.client.submit(attempt, { signal });
  if (outcome.kind !== "accepted") throw new Error("not accepted");
  await runpod.startJob(outcome.runpodJobId);
  const steps = Number(bound.graph["3"]?.inputs["steps"]);
  for (let value = 0; value < steps; value += 1) {
    expect(await runpod.client.report(outcome.runpodJobId, signal)).toEqual({
      kind: "running",
      progress: value === 0 ? null : { value, max: steps },
    });
    await runpod.clock.advance(GPU_MS / steps);
  }
  expect(steps).toBe(20);
});

test("a finished job tells how long it waited and ran, in ms", async () => {
  await using runpod = await simulatedRunpod();
  const { attempt } = await simulatedEdit();
  const outcome = await runpod.client.submit(attempt, { signal });
  if (outcome.kind !== "accepted") throw new Error("not accepted");
  await runpod.finishJob(outcome.runpodJobId);
  expect(await runpod.client.report(outcome.runpodJobId, signal)).toMatchObject({
    kind: "completed",
    delayMs: 500,
    executionMs: 4_000,
  });
});
