import { createHash } from "node:crypto";

import fc from "fast-check";
import { expect, inject, test } from "vitest";

import type { FailedExchange } from "./exchange.ts";
import { createRateBudget } from "./rate-budget/rate-budget.ts";
import { type ExchangeFailure, exchangeRecorder, type ExchangeRequest } from "./record-exchange.ts";
import { encodeRunBody } from "./submit.ts";

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
  isCut?: boolean;
}

const RUN: ExchangeRequest = {
  operation: "submit",
  method: "POST",
  url: "https://api.runpod.ai/v2/ep1/run",
  headers: { authorization: "Bearer k", "content-type": "application/json" },
};

/** Records one exchange that fails. */
function record(
  request: Partial<ExchangeRequest>,
  told: { secrets?: string[]; answer?: Answer; failure?: ExchangeFailure } = {},
): FailedExchange {
  const failures: FailedExchange[] = [];
  let nowMs = Date.UTC(2026, 10, 22);
  const recorder = exchangeRecorder({
    backend: "runpod:ep1",
    onFailedExchange: (exchange) => failures.push(exchange),
    now: () => (nowMs += 100),
    secrets: told.secrets ?? [],
  });
  const exchange = recorder.begin({ ...RUN, ...request });
  if (told.answer !== undefined) {
    const { status, headers = {}, body, isCut = false } = told.answer;
    exchange.answered({ status, headers: new Headers(headers) });
    exchange.read(body, { isCut });
  }
  exchange.failed(told.failure);
  exchange.failed();
  const [only, ...more] = failures;
  if (only === undefined || more.length > 0) throw new Error("It is told exactly once.");
  return only;
}

const token = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length })
    .map((letters) => letters.join(""));
const HEX = "0123456789abcdef";
const URL_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
const WORDS = "abc defgh ijklm nop qrstu \"'\\{}[]:,ก ข ค ง";

const Planted = fc.record({
  apiKey: token(URL_SAFE, 40).map((rest) => `rpa_${rest}`),
  webhookToken: fc.oneof(token(URL_SAFE, 43), token(HEX, 64)),
  prompt: token(WORDS, 40),
  signature: token(HEX, 64),
  picture: fc.uint8Array({ minLength: 60, maxLength: 1_000, size: "max" }),
});
type Planted = typeof Planted extends fc.Arbitrary<infer T> ? T : never;

/** Every way in which the other side may hand back what it was given. */
function answersOf(planted: Planted, body: string): Answer[] {
  const { apiKey, webhookToken, prompt, signature } = planted;
  const webhook = `https://studio.test/webhooks/runpod/${webhookToken}`;
  const link = `https://b.test/p.png?X-Amz-Credential=AKIA&X-Amz-Signature=${signature}`;
  const base64 = Buffer.from(planted.picture).toString("base64");
  const echo = JSON.stringify({ status: "FAILED", webhook, error: prompt, ...JSON.parse(body) });
  const page = `<html>Bearer ${apiKey}<p>${prompt}</p>${webhook} ${link} ${base64}</html>`;
  const repr = `{'error': "bad", 'prompt': '${prompt.replaceAll("'", '"')}', 'key': '${apiKey}'}`;
  const nested = JSON.stringify({
    error: JSON.stringify({ error_message: `${prompt} ${apiKey}`, link }),
  });
  return [
    { status: 500, body: echo },
    { status: 502, body: page, headers: { "content-type": "text/html", "x-echo": apiKey } },
    { status: 400, body: repr },
    { status: 400, body: nested },
    {
      status: 200,
      body: JSON.stringify({ output: { image_url: link, images: [{ data: base64 }] } }),
    },
    { status: 302, body: "", headers: { location: link, "set-cookie": `session=${apiKey}` } },
    ...[0.2, 0.5, 0.8, 0.99].flatMap((share) => [
      { status: 500, body: page.slice(0, page.length * share), isCut: true },
      { status: 500, body: echo.slice(0, echo.length * share), isCut: true },
    ]),
  ];
}

interface Piece {
  length: number;
  step?: number;
}

/** Whether a text holds a run of `length` characters of a secret, looked for at every `step`. */
function holdsPieceOf(text: string, secret: string, { length, step = 1 }: Piece): boolean {
  for (let at = 0; at + length <= secret.length; at += step) {
    if (text.includes(secret.slice(at, at + length))) return true;
  }
  return false;
}

test("keys, tokens, signatures, pictures and what people wrote never survive, wherever they turn up", () => {
  let checked = 0;
  fc.assert(
    fc.property(Planted, (planted) => {
      const { apiKey, webhookToken, prompt, signature, picture } = planted;
      const attempt = {
        graph: {
          "6": {
            class_type: "TextEncodeQwenImageEditPlus",
            inputs: { prompt, clip: ["38", 0], note: prompt },
            _meta: { title: prompt },
          },
          "60": { class_type: "SaveImage", inputs: { filename_prefix: "ob-1", images: ["8", 0] } },
        },
        images: [{ name: "a.png", bytes: picture }],
        filePrefix: "ob-1",
        webhookUrl: `https://studio.test/webhooks/runpod/${webhookToken}`,
        executionTimeoutMs: 300_000,
        ttlMs: 600_000,
      };
      const body = encodeRunBody(attempt);
      const request = {
        url: `https://user:${apiKey}@api.runpod.ai/v2/ep1/run?token=${webhookToken}&X-Amz-Signature=${signature}`,
        headers: { authorization: `Bearer ${apiKey}`, "x-api-key": apiKey },
        body: attempt,
        encodedBody: body,
      };
      const secrets = [apiKey];
      const error = new Error(`connect failed for ${request.url} with ${apiKey}`, {
        cause: new Error(prompt),
      });
      const exchanges = [
        record(request, { secrets, failure: { error } }),
        ...answersOf(planted, body).map((answer) => record(request, { secrets, answer })),
      ];
      const base64 = Buffer.from(picture).toString("base64");
      for (const exchange of exchanges) {
        // A string may hold a prompt in JSON's spelling, and a record is kept as JSON.
        const told = JSON.stringify(exchange);
        const plain = told.replaceAll("\\\\", "\\").replaceAll('\\"', '"');
        for (const text of [told, plain]) {
          expect(holdsPieceOf(text, apiKey, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, webhookToken, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, signature, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, prompt, { length: 16 })).toBe(false);
          expect(holdsPieceOf(text, base64, { length: 60, step: 30 })).toBe(false);
        }
        checked += 1;
      }
    }),
    { numRuns: 50 * inject("rounds"), endOnFailure: true },
  );
  expect(checked).toBe(750 * inject("rounds"));
});

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
  const exchange = record(
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
  expect(record({}, { failure: { error } })).toMatchObject({
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
  expect(record({ operation: "cancel" }, { answer })).toMatchObject({
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
  const exchange = record(request, { answer: { status: 500, body: words } });
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
  expect(record({ body: attempt, encodedBody }).request.encoded).toEqual({
    bytes: encodedBody.length,
    start:
      '{"input":{"workflow":{"60":{"class_type":"SaveImage","inputs":{"filename_prefix":"ob-1"}}},"images":[{"name":"a.png","image":"[data, 9866668 characters]"}]},"policy":{"executionTimeout":1000,"ttl":2000}}',
  });
});

test("bytes that are no text are described", () => {
  const body = Buffer.from([0, 1, 2, 255]);
  expect(record({ encodedBody: body }).request.encoded).toEqual({
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
