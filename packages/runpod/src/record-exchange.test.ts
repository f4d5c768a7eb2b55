import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { recordFailed, RUN } from "../test/support/record-failed.ts";
import type { FailedExchange } from "./exchange.ts";
import { createRateBudget } from "./rate-budget/rate-budget.ts";
import { exchangeRecorder } from "./record-exchange.ts";
import { encodeRunBody } from "./submit.ts";

test("what an operator needs stays: names, numbers, node classes and the worker's own words", () => {
  const picture = Buffer.from("89504e470d0a1a0a0000000d", "hex");
  const prompt = "Make the sky blue";
  const attempt = {
    graph: {
      "37": { class_type: "UNETLoader", inputs: { unet_name: "qwen_2509.safetensors" } },
      "6": { class_type: "CLIPTextEncode", inputs: { text: prompt, seed: 7 } },
    },
    images: [{ name: "a1b2.png", bytes: picture }],
    webhookUrl: "https://studio.test/webhooks/runpod/tok",
    filePrefix: "ob-1",
    executionTimeoutMs: 300_000,
    ttlMs: 600_000,
  };
  const encodedBody = encodeRunBody(attempt);
  const error =
    "Workflow validation failed:\n• Node 37 (errors): [{'type': 'value_not_in_list', 'details': \"unet_name: 'qwen_2509.safetensors' not in []\"}]\n• Node 37 (class_type): UNETLoader";
  const exchange = recordFailed(
    { body: attempt, encodedBody, filePrefix: "ob-1", headers: { authorization: "Bearer abc" } },
    {
      secrets: ["abc"],
      answer: {
        status: 400,
        headers: { "content-type": "application/json", "retry-after": "3", "x-odd": "value" },
        body: JSON.stringify({ error, input: { workflow: attempt.graph } }),
      },
    },
  );
  const sha256 = createHash("sha256").update(picture).digest("hex");
  const described = `[picture, 12 bytes, sha256 ${sha256}]`;
  const graph = {
    "37": { class_type: "UNETLoader", inputs: { unet_name: "qwen_2509.safetensors" } },
    "6": { class_type: "CLIPTextEncode", inputs: { text: "[text, 17 characters]", seed: 7 } },
  };
  expect(exchange).toEqual({
    backend: "runpod:ep1",
    operation: "submit",
    filePrefix: "ob-1",
    runpodJobId: null,
    request: {
      method: "POST",
      url: "https://api.runpod.ai/v2/ep1/run",
      headers: { authorization: "[10 characters]" },
      body: {
        ...attempt,
        graph,
        images: [{ name: "a1b2.png", bytes: described }],
        webhookUrl: "https://studio.test/[secret]",
      },
      encoded: {
        bytes: encodedBody.length,
        start: JSON.stringify({
          input: { workflow: graph, images: [{ name: "a1b2.png", image: described }] },
          webhook: "https://studio.test/[secret]",
          policy: { executionTimeout: 300_000, ttl: 600_000 },
        }),
      },
    },
    response: {
      status: 400,
      headers: {
        "content-type": "application/json",
        "retry-after": "3",
        "x-odd": "[5 characters]",
      },
      body: JSON.stringify({ error, input: { workflow: graph } }),
    },
    networkError: null,
    startedAt: new Date("2026-11-22T00:00:00.100Z"),
    headMs: 100,
    totalMs: 200,
    checks: [
      {
        name: "model file",
        ok: false,
        detail: "UNETLoader (node 37) does not find qwen_2509.safetensors: put it in models/unet",
      },
    ],
    cause: "model-file-missing",
  } satisfies FailedExchange);
});

test("an exchange that never came to an answer tells the network's words", () => {
  const error = new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" }),
  });
  expect(recordFailed({}, { failure: { error } })).toMatchObject({
    response: null,
    headMs: null,
    networkError: "TypeError: fetch failed\nError (ECONNREFUSED): connect ECONNREFUSED 127.0.0.1:9",
    cause: "connection-refused",
  });
});

test("a 429 that our own rate budget gave is told as such, and not as RunPod's", async () => {
  const budget = createRateBudget({
    share: 0.01,
    now: () => 0,
    fetch: async () => new Response(null),
  });
  const ask = () => budget.fetch("https://api.runpod.ai/v2/ep1/cancel/x", { method: "POST" });
  await ask();
  const { status, headers } = await ask();
  const answer = { status, headers: Object.fromEntries(headers), body: "" };
  expect(recordFailed({ operation: "cancel" }, { answer })).toMatchObject({
    cause: "held-back",
    response: {
      status: 429,
      headers: { "x-held-back": expect.stringContaining("nothing was sent") },
    },
  });
});

test("a record is bounded, whatever the other side sends and however much was sent", () => {
  const words = "no picture, only words. ".repeat(200_000);
  const graph = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, n) => [String(n), { class_type: "A", inputs: { n } }]),
  );
  const request = { body: {}, encodedBody: JSON.stringify(graph) };
  const exchange = recordFailed(request, { answer: { status: 500, body: words } });
  expect(exchange.response?.body.length).toBe(16_000);
  expect(exchange.request.encoded?.start.length).toBe(2_000);
  expect(exchange.request.encoded?.bytes).toBe(JSON.stringify(graph).length);
});

test("the largest body RunPod takes is recorded by its beginning", () => {
  const attempt = {
    graph: { "60": { class_type: "SaveImage", inputs: { filename_prefix: "ob-1" } } },
    images: [{ name: "a.png", bytes: new Uint8Array(7_400_000).fill(7) }],
    webhookUrl: null,
    filePrefix: "ob-1",
    executionTimeoutMs: 1_000,
    ttlMs: 2_000,
  };
  const encodedBody = encodeRunBody(attempt);
  expect(recordFailed({ body: attempt, encodedBody }).request.encoded).toEqual({
    bytes: encodedBody.length,
    start:
      '{"input":{"workflow":{"60":{"class_type":"SaveImage","inputs":{"filename_prefix":"ob-1"}}},"images":[{"name":"a.png","image":"[data, 9866668 characters]"}]},"policy":{"executionTimeout":1000,"ttl":2000}}',
  });
});

test("bytes that are no text are described", () => {
  const body = Buffer.from([0, 1, 2, 255]);
  expect(recordFailed({ encodedBody: body }).request.encoded).toEqual({
    bytes: 4,
    start: `[picture, 4 bytes, sha256 ${createHash("sha256").update(body).digest("hex")}]`,
  });
});

test("nothing is looked at when nobody wants to know", () => {
  const recorder = exchangeRecorder({ backend: "b", now: () => 0, secrets: [] });
  const exchange = recorder.begin({
    ...RUN,
    body: {
      get prompt() {
        throw new Error("read");
      },
    },
  });
  expect(exchange.check("a", false, "b")).toBe(false);
  exchange.failed();
});
