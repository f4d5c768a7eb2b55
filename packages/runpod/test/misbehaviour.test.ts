import { once } from "node:events";
import { createServer } from "node:http";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import type { AttemptRequest } from "../src/backend.ts";
import { createRunpodClient } from "../src/client.ts";
import type { WorkerRun } from "../src/simulator/worker/comfy-worker.ts";
import {
  GPU_MS,
  QUEUE_MS,
  simulatedRunpod,
  type SimulatedRunpod,
} from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;

const PNG = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  Buffer.alloc(2_000, 7),
]);

const ATTEMPT: AttemptRequest = {
  graph: { "60": { class_type: "SaveImage", inputs: { filename_prefix: "ob-1" } } },
  images: [],
  filePrefix: "ob-1",
  webhookUrl: null,
  executionTimeoutMs: 300_000,
  ttlMs: 600_000,
};
const WANT = { filePrefix: "ob-1", maxBytes: 1_000_000 };

/** A worker that draws at once; what it draws is not the point here. */
function quickWorker(): WorkerRun {
  const images = [{ filename: "ob-1_00001_.png", png: PNG }];
  return {
    sampler: { nodeId: "3", steps: 4 },
    draw: async () => ({ kind: "images", images }),
  };
}

const quickRunpod = (): Promise<SimulatedRunpod> => simulatedRunpod({ handler: quickWorker });

async function submitted(runpod: SimulatedRunpod): Promise<string> {
  const outcome = await runpod.client.submit(ATTEMPT, { signal });
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  return outcome.runpodJobId;
}

async function finished(runpod: SimulatedRunpod, scenario?: string): Promise<string> {
  if (scenario !== undefined) await runpod.control(scenario);
  const id = await submitted(runpod);
  await runpod.finishJob(id);
  return id;
}

describe("an answer to /run that is not the job", () => {
  test.each([
    ["run-500", 0, "overloaded"],
    ["run-html-502", 0, "overloaded"],
    ["run-500-queued", 1, "overloaded"],
    ["run-html", 1, "html-answer"],
    ["run-no-id", 1, "unreadable-answer"],
    ["run-truncated", 1, "unreadable-answer"],
  ])("%s proves nothing, and %i job is queued", async (scenario, queued, cause) => {
    await using runpod = await quickRunpod();
    await runpod.control(scenario);
    expect(await runpod.client.submit(ATTEMPT, { signal })).toMatchObject({ kind: "unanswered" });
    expect(await runpod.truth()).toHaveLength(queued);
    expect(runpod.failures).toMatchObject([{ operation: "submit", cause }]);
    await submitted(runpod);
  });

  test.each(["run-hang", "run-drip"])(
    "%s proves nothing once the time is over",
    async (scenario) => {
      await using runpod = await quickRunpod();
      const impatient = createRunpodClient({
        baseUrl: `${runpod.url}/v2`,
        endpointId: "ep1",
        apiKey: "k",
        httpTimeoutMs: 250,
        fetch,
      });
      await runpod.control(scenario);
      expect(await impatient.submit(ATTEMPT, { signal })).toMatchObject({ kind: "unanswered" });
      expect(await runpod.truth()).toHaveLength(1);
    },
  );
});

describe("a /status that lies", () => {
  test("one 404 while the job runs does not make it gone", async () => {
    await using runpod = await quickRunpod();
    await runpod.control("status-404");
    const id = await submitted(runpod);
    await runpod.startJob(id);
    expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "running" });
    expect(runpod.failures).toMatchObject([{ cause: "job-unknown" }]);
  });

  test("500 for a while is trouble of theirs, not the job's end", async () => {
    await using runpod = await quickRunpod();
    await runpod.control("status-500");
    const id = await submitted(runpod);
    await expect(runpod.client.report(id, signal)).rejects.toMatchObject({
      name: "GpuUnavailable",
      status: 500,
    });
    expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "waiting" });
    expect(runpod.failures.map(({ cause }) => cause)).toEqual(Array(4).fill("overloaded"));
  });

  test("IN_QUEUE after the end is waiting, and the end is told later", async () => {
    await using runpod = await quickRunpod();
    const id = await finished(runpod, "status-stale");
    const kinds = [];
    for (let n = 0; n < 4; n += 1) kinds.push((await runpod.client.report(id, signal)).kind);
    expect(kinds).toEqual(["waiting", "waiting", "waiting", "completed"]);
  });

  test("a status nobody knows is waiting", async () => {
    await using runpod = await quickRunpod();
    await runpod.control("status-unknown");
    const id = await submitted(runpod);
    await runpod.startJob(id);
    expect(await runpod.client.report(id, signal)).toEqual({ kind: "waiting", queuedMs: null });
  });

  test("an output while the job runs is no result", async () => {
    await using runpod = await quickRunpod();
    await runpod.control("status-early-output");
    const id = await submitted(runpod);
    await runpod.startJob(id);
    expect(await runpod.client.report(id, signal)).toEqual({ kind: "running", progress: null });
  });

  test("a late progress message freezes the job for ever", async () => {
    await using runpod = await quickRunpod();
    const id = await finished(runpod, "status-frozen");
    for (let n = 0; n < 5; n += 1) {
      expect(await runpod.client.report(id, signal)).toEqual({
        kind: "running",
        progress: { value: 3, max: 4 },
      });
    }
  });
});

describe("an output of another form", () => {
  async function readAs(runpod: SimulatedRunpod, form: string) {
    const id = await finished(runpod, form);
    const report = await runpod.client.report(id, signal);
    if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
    return runpod.client.fetchPictures(report.output, WANT, signal);
  }

  test.each([
    "output-message",
    "output-message-url",
    "output-s3-url",
    "output-url",
    "output-image-url",
    "output-result-url",
    "output-image-base64",
    "output-image",
    "output-text",
    "output-text-url",
    "output-list",
    "output-data-uri",
    "output-with-errors",
    "output-foreign-first",
  ])("%s gives our picture, byte for byte, and only ours", async (form) => {
    await using runpod = await quickRunpod();
    const reading = await readAs(runpod, form);
    if (reading.kind !== "images") throw new Error(`The reading was ${reading.kind}.`);
    expect(reading.images.map(({ bytes }) => Buffer.from(bytes).equals(PNG))).toEqual([true]);
    expect(runpod.failures).toEqual([]);
  });

  test.each([
    ["output-foreign", "unreadable", []],
    ["output-none", "nothing", ["nothing-drawn"]],
    ["output-error", "unreadable", ["unexpected-output"]],
    ["output-dead-link", "unreadable", ["picture-gone"]],
    ["output-html-link", "unreadable", ["html-answer"]],
  ])("%s is %s", async (form, kind, causes) => {
    await using runpod = await quickRunpod();
    expect((await readAs(runpod, form)).kind).toBe(kind);
    expect(runpod.failures.map(({ cause }) => cause)).toEqual(causes);
  });

  test("links may take no longer together than one call", async () => {
    await using runpod = await quickRunpod();
    let nowMs = 0;
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      nowMs += 6_000;
      response.writeHead(404).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = z.object({ port: z.number() }).parse(server.address());
    const client = createRunpodClient({
      baseUrl: `${runpod.url}/v2`,
      endpointId: "ep1",
      apiKey: "any-key",
      httpTimeoutMs: 10_000,
      fetch,
      outputHosts: ["127.0.0.1"],
      allowLoopbackOutputs: true,
      now: () => nowMs,
    });
    const links = [1, 2, 3, 4].map((n) => ({
      filename: `${WANT.filePrefix}_0000${n}_.png`,
      type: "s3_url",
      data: `http://127.0.0.1:${address.port}/${n}.png`,
    }));
    const reading = client.fetchPictures({ images: links }, WANT, signal);
    await expect(reading).rejects.toMatchObject({ name: "GpuUnavailable" });
    expect(asked).toEqual(["/1.png", "/2.png"]);
    server.close();
  });

  test("a link with a touched signature is refused by the bucket", async () => {
    await using runpod = await quickRunpod();
    const id = await finished(runpod, "output-url");
    const report = await runpod.client.report(id, signal);
    if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
    const { url } = z.object({ url: z.url() }).parse(report.output);
    const touched = { url: url.replace(/.$/, (last) => (last === "0" ? "1" : "0")) };
    expect((await runpod.client.fetchPictures(touched, WANT, signal)).kind).toBe("unreadable");
    expect(runpod.failures).toMatchObject([{ cause: "link-refused" }]);
  });
});

test("a job that runs twice has one life, two executions and one result", async () => {
  await using runpod = await quickRunpod();
  await runpod.control("run-twice");
  const id = await submitted(runpod);
  await runpod.startJob(id);
  await runpod.clock.advance(GPU_MS / 2);
  await runpod.events.seen({ event: "job.requeued", id });
  expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "waiting" });
  await runpod.clock.advance(QUEUE_MS);
  expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "running" });
  await runpod.events.seen({ event: "job.drawn", id }, 2);
  await runpod.clock.advance(GPU_MS);
  expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "completed" });
  const truth: unknown = await (await fetch(`${runpod.url}/control/jobs`)).json();
  const startMs = 1_800_000_000_000;
  const [half, end] = [startMs + QUEUE_MS + GPU_MS / 2, startMs + 2 * QUEUE_MS + 1.5 * GPU_MS];
  expect(truth).toMatchObject([
    {
      id,
      lives: [
        { fromMs: startMs, toMs: half },
        { fromMs: half, toMs: end },
      ],
      executions: [
        { fromMs: startMs + QUEUE_MS, toMs: half },
        { fromMs: half + QUEUE_MS, toMs: end },
      ],
    },
  ]);
});

test("past its rate limits it answers 429, says how long to wait, and counts", async () => {
  await using runpod = await simulatedRunpod({ handler: quickWorker, limits: true });
  const id = await submitted(runpod);
  const cancels = await Promise.all(
    Array.from({ length: 130 }, () => runpod.request("POST", `/cancel/${id}`)),
  );
  const statuses = cancels.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(100);
  const limited = cancels.find(({ status }) => status === 429);
  expect(limited?.headers.get("retry-after")).toBe("1");
  await expect(runpod.client.cancel(id, signal)).rejects.toMatchObject({ status: 429 });
  const stats = z
    .object({
      requests: z.record(z.string(), z.object({ calls: z.number(), limited: z.number() })),
    })
    .parse(await (await fetch(`${runpod.url}/control/stats`)).json());
  const { cancel } = stats.requests;
  expect(cancel?.calls).toBe(133);
  expect(cancel?.limited).toBe(statuses.filter((status) => status === 429).length + 3);
  await fetch(`${runpod.url}/control`, { method: "POST", body: '{"limits":false}' });
  await runpod.client.cancel(id, signal);
});
