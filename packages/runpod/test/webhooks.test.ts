import { once } from "node:events";
import { createServer } from "node:http";

import { expect, test } from "vitest";
import { z } from "zod";

import { simulatedEdit } from "./support/simulated-edit.ts";
import { simulatedRunpod, type SimulatedRunpod } from "./support/simulated-runpod.ts";

const signal = new AbortController().signal;

interface Receiver extends AsyncDisposable {
  url: string;
  bodies: string[];
}

/** A receiver on loopback that answers each call with the next status, then 200. */
async function receiver(...statuses: number[]): Promise<Receiver> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(statuses[bodies.length - 1] ?? 200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook/token`,
    bodies,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function runJob(runpod: SimulatedRunpod, webhookUrl: string): Promise<string> {
  const { attempt } = await simulatedEdit({ webhookUrl });
  const outcome = await runpod.client.submit(attempt, { signal });
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  await runpod.finishJob(outcome.runpodJobId);
  return outcome.runpodJobId;
}

test("the webhook's body is the status, the whole input and the webhook's own URL", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver();
  const id = await runJob(runpod, hook.url);
  await runpod.events.seen({ event: "webhook.sent", id, status: 200 });
  const status: unknown = await (await runpod.request("GET", `/status/${id}`)).json();
  const body: unknown = JSON.parse(hook.bodies[0] ?? "");
  const { attempt } = await simulatedEdit();
  const images = attempt.images.map(({ name, bytes }) => ({
    name,
    image: Buffer.from(bytes).toString("base64"),
  }));
  expect(body).toEqual({
    ...z.looseObject({}).parse(status),
    input: { workflow: attempt.graph, images },
    webhook: hook.url,
  });
});

test("a webhook is tried again after 10 s until it is answered with 200", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver(500, 204);
  const id = await runJob(runpod, hook.url);
  await runpod.events.seen({ event: "webhook.retry-planned", id, attempt: 2 });
  await runpod.clock.advance(9_999);
  expect(hook.bodies).toHaveLength(1);
  await runpod.clock.advance(1);
  await runpod.events.seen({ event: "webhook.retry-planned", id, attempt: 3 });
  await runpod.clock.advance(10_000);
  await runpod.events.seen({ event: "webhook.sent", id, attempt: 3, status: 200 });
  await runpod.clock.advance(60_000);
  expect(hook.bodies).toHaveLength(3);
  expect(new Set(hook.bodies).size).toBe(1);
});

test("a webhook nobody takes is lost after the third try", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver(500, 500, 500);
  const id = await runJob(runpod, hook.url);
  for (const attempt of [2, 3]) {
    await runpod.events.seen({ event: "webhook.retry-planned", id, attempt });
    await runpod.clock.advance(10_000);
  }
  await runpod.events.seen({ event: "webhook.sent", id, attempt: 3, status: 500 });
  const pending = runpod.clock.pending();
  await runpod.clock.advance(60_000);
  expect(hook.bodies).toHaveLength(3);
  expect(pending).toBe(1); // the result's retention alone
});

test("a failed job calls its webhook too, a cancelled one does not", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver();
  const { attempt } = await simulatedEdit({ webhookUrl: hook.url });
  const cancelled = await runpod.client.submit(attempt, { signal });
  if (cancelled.kind !== "accepted") throw new Error("not accepted");
  await runpod.client.cancel(cancelled.runpodJobId, signal);
  const graph = { "1": { class_type: "NoSuchNode", inputs: {} } };
  const failed = await runpod.client.submit({ ...attempt, graph }, { signal });
  if (failed.kind !== "accepted") throw new Error("not accepted");
  await runpod.finishJob(failed.runpodJobId);
  await runpod.events.seen({ event: "webhook.sent", id: failed.runpodJobId });
  expect(hook.bodies).toHaveLength(1);
  expect(JSON.parse(hook.bodies[0] ?? "")).toMatchObject({
    id: failed.runpodJobId,
    status: "FAILED",
  });
});

test("lose-webhook sends none and duplicate-webhook sends two", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver();
  await runpod.control("lose-webhook");
  await runJob(runpod, hook.url);
  await runpod.control("duplicate-webhook");
  const id = await runJob(runpod, hook.url);
  await runpod.events.seen({ event: "webhook.sent", id, status: 200 }, 2);
  expect(
    hook.bodies.map((body) => z.object({ id: z.string() }).parse(JSON.parse(body)).id),
  ).toEqual([id, id]);
});

test("neither the webhook's URL nor a picture appears in the log", async () => {
  await using runpod = await simulatedRunpod();
  await using hook = await receiver(500);
  const id = await runJob(runpod, hook.url);
  await runpod.events.seen({ event: "webhook.retry-planned", id });
  const log = JSON.stringify(runpod.events.lines);
  expect(log).not.toContain("token");
  expect(log).not.toMatch(/[A-Za-z0-9+/]{100}/);
});

/** Posts an edit whose webhook misbehaves, to a worker that draws at once. @returns its id */
async function submitQuick(
  runpod: SimulatedRunpod,
  o: { url: string; scenario?: string },
): Promise<string> {
  if (o.scenario !== undefined) await runpod.control(o.scenario);
  const response = await runpod.request("POST", "/run", { input: {}, webhook: o.url });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

const quickRunpod = (): Promise<SimulatedRunpod> =>
  simulatedRunpod({
    handler: () => ({
      sampler: null,
      draw: async () => ({
        kind: "images",
        images: [{ filename: "p.png", png: Buffer.from("p") }],
      }),
    }),
  });

test("told to, it sends five copies", async () => {
  await using runpod = await quickRunpod();
  await using hook = await receiver();
  const id = await submitQuick(runpod, { url: hook.url, scenario: "webhook-five" });
  await runpod.finishJob(id);
  await runpod.events.seen({ event: "webhook.sent", id }, 5);
  expect(hook.bodies).toHaveLength(5);
  expect(new Set(hook.bodies).size).toBe(1);
});

test("told to, it sends a body of null", async () => {
  await using runpod = await quickRunpod();
  await using hook = await receiver();
  const id = await submitQuick(runpod, { url: hook.url, scenario: "webhook-null" });
  await runpod.finishJob(id);
  await runpod.events.seen({ event: "webhook.sent", id });
  expect(hook.bodies).toEqual(["null"]);
});

test("told to, it sends late", async () => {
  await using runpod = await quickRunpod();
  await using hook = await receiver();
  const id = await submitQuick(runpod, { url: hook.url, scenario: "webhook-late" });
  await runpod.finishJob(id);
  await runpod.clock.advance(59_999);
  expect(hook.bodies).toEqual([]);
  await runpod.clock.advance(1);
  await runpod.events.seen({ event: "webhook.sent", id });
  expect(hook.bodies).toHaveLength(1);
});

test("told to, it lets the next job's webhook overtake", async () => {
  await using runpod = await quickRunpod();
  await using hook = await receiver();
  const first = await submitQuick(runpod, { url: hook.url, scenario: "webhook-behind-next" });
  await runpod.finishJob(first);
  expect(hook.bodies).toEqual([]);
  const second = await submitQuick(runpod, { url: hook.url });
  await runpod.finishJob(second);
  await runpod.events.seen({ event: "webhook.sent", id: first });
  const ids = hook.bodies.map((body) => z.object({ id: z.string() }).parse(JSON.parse(body)).id);
  expect(ids).toEqual([second, first]);
});

test("told to, it says FAILED of a job that runs, and the truth after its end", async () => {
  await using runpod = await quickRunpod();
  await using hook = await receiver();
  const id = await submitQuick(runpod, { url: hook.url, scenario: "webhook-early-failed" });
  await runpod.startJob(id);
  await runpod.events.seen({ event: "webhook.sent", id });
  expect(await runpod.client.report(id, signal)).toMatchObject({ kind: "running" });
  await runpod.finishJob(id);
  await runpod.events.seen({ event: "webhook.sent", id }, 2);
  const statuses = hook.bodies.map(
    (body) => z.object({ status: z.string() }).parse(JSON.parse(body)).status,
  );
  expect(statuses).toEqual(["FAILED", "COMPLETED"]);
});
