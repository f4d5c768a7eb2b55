import { describe, expect, test } from "vitest";

import { startSimulator } from "../src/simulator/index.ts";
import { Job, runJob, statusOf } from "./support/run-job.ts";
import { simulatedEdit } from "./support/simulated-edit.ts";
import { GPU_MS, QUEUE_MS, simulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;

describe("what /run refuses", () => {
  test.each([
    ["text that is not JSON", "{"],
    ["a list", []],
    ["no input", { webhook: "https://studio.test" }],
    ["a webhook that is no URL", { input: {}, webhook: "studio" }],
    ["a policy that is no number", { input: {}, policy: { ttl: "long" } }],
    ["a policy of nothing", { input: {}, policy: { executionTimeout: 0 } }],
  ])("%s gets 400 and no job", async (_, body) => {
    await using runpod = await simulatedRunpod();
    expect((await runpod.request("POST", "/run", body)).status).toBe(400);
    expect(await runpod.truth()).toEqual([]);
  });

  test("more than 10 MB gets 413 and no job, however long it is", async () => {
    await using runpod = await simulatedRunpod();
    const inputOf = (bytes: number): string =>
      JSON.stringify({ input: { prompt: "x".repeat(bytes - '{"input":{"prompt":""}}'.length) } });
    expect((await runpod.request("POST", "/run", inputOf(10_000_001))).status).toBe(413);
    expect((await runpod.request("POST", "/run", inputOf(30_000_000))).status).toBe(413);
    expect(await runpod.truth()).toEqual([]);
    expect((await runpod.request("POST", "/run", inputOf(10_000_000))).status).toBe(200);
  });

  test("a call without a Bearer key gets 401 wherever it goes", async () => {
    await using runpod = await simulatedRunpod();
    for (const authorization of [undefined, "", "Bearer ", "Basic abc", "abc"]) {
      for (const path of ["/health", "/status/x"]) {
        const response = await fetch(`${runpod.url}/v2/ep1${path}`, {
          headers: authorization === undefined ? {} : { authorization },
        });
        expect(response.status).toBe(401);
      }
    }
  });
});

describe("what the worker refuses, in its own words", () => {
  test.each([
    [null, "Please provide input"],
    ["{", "Invalid JSON format in input"],
    [{}, "Missing 'workflow' parameter"],
    ['{"images":[]}', "Missing 'workflow' parameter"],
    [
      { workflow: {}, images: {} },
      "'images' must be a list of objects with 'name' and 'image' keys",
    ],
    [
      { workflow: {}, images: [{}] },
      "'images' must be a list of objects with 'name' and 'image' keys",
    ],
  ])("%j fails with %s", async (input, error) => {
    await using runpod = await simulatedRunpod();
    const { id } = Job.parse(await (await runpod.request("POST", "/run", { input })).json());
    await runpod.finishJob(id);
    const job: unknown = await (await runpod.request("GET", `/status/${id}`)).json();
    expect(job).toMatchObject({ status: "FAILED", error });
    expect(job).not.toHaveProperty("output");
  });

  test.each([
    ["picture-1.png", "78"],
    ["picture-2.png", "106"],
    ["mask-1.png", "201"],
  ])("%s that cannot be decoded fails the node that loads it", async (broken, nodeId) => {
    await using runpod = await simulatedRunpod();
    const { attempt } = await simulatedEdit({ extras: 1 });
    const images = attempt.images.map((image) =>
      image.name === broken ? { ...image, bytes: image.bytes.subarray(0, 60) } : image,
    );
    const outcome = await runpod.client.submit({ ...attempt, images }, { signal });
    if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
    await runpod.finishJob(outcome.runpodJobId);
    const response = await runpod.request("GET", `/status/${outcome.runpodJobId}`);
    const detail = `Node Type: LoadImage, Node ID: ${nodeId}, Message: cannot identify image file`;
    expect(await response.json()).toMatchObject({
      status: "FAILED",
      error: "Job processing failed",
      output: { details: [`Workflow execution error: ${detail}`] },
    });
  });
});

describe("time", () => {
  test("the TTL counts from submit and deletes a job in the queue and on a worker", async () => {
    await using runpod = await simulatedRunpod({ workers: 1 });
    await runpod.control("hang", 2);
    const running = await runJob(runpod, { ttl: 20_000 });
    const waiting = await runJob(runpod, { ttl: 20_000 });
    await runpod.clock.advance(19_999);
    expect(await statusOf(runpod, running)).toBe("IN_PROGRESS");
    expect(await statusOf(runpod, waiting)).toBe("IN_QUEUE");
    await runpod.clock.advance(1);
    expect(await statusOf(runpod, running)).toBe(404);
    expect(await statusOf(runpod, waiting)).toBe(404);
    expect((await runpod.truth()).map(({ status }) => status)).toEqual(["DELETED", "DELETED"]);
    const next = await runJob(runpod);
    await runpod.finishJob(next);
    expect(await statusOf(runpod, next)).toBe("COMPLETED");
  });

  test("the execution timeout counts on the worker only, and frees it", async () => {
    await using runpod = await simulatedRunpod({ workers: 1 });
    await runpod.control("hang");
    const id = await runJob(runpod, { executionTimeout: 10_000 });
    await runpod.clock.advance(QUEUE_MS + 9_999);
    expect(await statusOf(runpod, id)).toBe("IN_PROGRESS");
    await runpod.clock.advance(1);
    expect(await statusOf(runpod, id)).toBe("TIMED_OUT");
    const next = await runJob(runpod);
    await runpod.finishJob(next);
    expect(await statusOf(runpod, next)).toBe("COMPLETED");
  });

  test("a result is there for 30 minutes after its end, and the truth for ever", async () => {
    await using runpod = await simulatedRunpod();
    const id = await runJob(runpod);
    await runpod.finishJob(id);
    await runpod.clock.advance(30 * 60_000 - 1);
    expect(await statusOf(runpod, id)).toBe("COMPLETED");
    await runpod.clock.advance(1);
    expect(await statusOf(runpod, id)).toBe(404);
    expect(await runpod.truth()).toMatchObject([
      { id, status: "DELETED", filePrefix: "ob-attempt-1" },
    ]);
  });

  test("workers take jobs first come, first served, as many as there are workers", async () => {
    await using runpod = await simulatedRunpod({ workers: 2 });
    const ids = [await runJob(runpod), await runJob(runpod), await runJob(runpod)];
    await runpod.clock.advance(QUEUE_MS);
    const statuses = async () => Promise.all(ids.map((id) => statusOf(runpod, id)));
    expect(await statuses()).toEqual(["IN_PROGRESS", "IN_PROGRESS", "IN_QUEUE"]);
    expect(await runpod.client.health(signal)).toMatchObject({
      ready: 0,
      running: 2,
      inQueue: 1,
      inProgress: 2,
    });
    await runpod.events.seen({ event: "job.drawn" }, 2);
    await runpod.clock.advance(GPU_MS);
    expect(await statuses()).toEqual(["COMPLETED", "COMPLETED", "IN_PROGRESS"]);
  });
});

test("retry queues a failed job again under its id, once it has failed", async () => {
  await using runpod = await simulatedRunpod();
  await runpod.control("fail");
  const id = await runJob(runpod);
  expect((await runpod.request("POST", `/retry/${id}`)).status).toBe(400);
  await runpod.clock.advance(QUEUE_MS + GPU_MS);
  const retried = await runpod.request("POST", `/retry/${id}`);
  expect(await retried.json()).toEqual({ id, status: "IN_QUEUE" });
  await runpod.finishJob(id);
  expect(await statusOf(runpod, id)).toBe("COMPLETED");
});

test("purge-queue drops the waiting jobs and leaves the running ones", async () => {
  await using runpod = await simulatedRunpod({ workers: 1 });
  const ids = [await runJob(runpod), await runJob(runpod), await runJob(runpod)];
  await runpod.clock.advance(QUEUE_MS);
  const purged = await runpod.request("POST", "/purge-queue");
  expect(await purged.json()).toEqual({ removed: 2, status: "completed" });
  const statuses = await Promise.all(ids.map((id) => statusOf(runpod, id)));
  expect(statuses).toEqual(["IN_PROGRESS", 404, 404]);
});

test("an endpoint does not know the jobs of another", async () => {
  await using runpod = await simulatedRunpod();
  const id = await runJob(runpod);
  const response = await fetch(`${runpod.url}/v2/ep2/status/${id}`, {
    headers: { authorization: "Bearer k" },
  });
  expect(response.status).toBe(404);
});

test.each(["0.0.0.0", "192.168.1.5", "::", "example.com"])(
  "it refuses to listen on %s",
  async (host) => {
    const options = { port: 0, host, gpuMs: 1, queueMs: 1, workers: 1, seed: 1 };
    await expect(startSimulator(options)).rejects.toThrow("loopback only");
  },
);
