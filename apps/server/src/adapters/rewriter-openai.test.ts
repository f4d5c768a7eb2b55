import type { IncomingMessage, ServerResponse } from "node:http";
import { buildRewriteRequest, type RewriteRequest, rewriteRules } from "@ob/workflow";
import { expect, onTestFinished, test } from "vitest";
import {
  type Answer,
  completion,
  json,
  type LocalService,
  startLocalService,
} from "../../test/support/local-service.ts";
import { createOpenAiRewriter } from "./rewriter-openai.ts";

const KEY = "sk-of-the-tests-0123456789";
const REQUEST: RewriteRequest = buildRewriteRequest({
  en: "Make the shirt blue.",
  request: "เปลี่ยนเสื้อเป็นสีฟ้า",
  pictures: 1,
  rules: rewriteRules({ en: "Make the shirt blue.", prompt: null }),
});

async function startService(answer: Answer): Promise<LocalService> {
  const service = await startLocalService(answer);
  onTestFinished(() => service.stop());
  return service;
}

function rewriterAt(url: string, change: { apiKey?: string | null; timeoutMs?: number } = {}) {
  return createOpenAiRewriter({
    baseUrl: `${url}/v1/`,
    apiKey: KEY,
    model: "small",
    fetch,
    ...change,
  });
}

test("one POST to /chat/completions carries model, messages and key, and its text comes back", async () => {
  const service = await startService(json(200, completion("Make the shirt blue.")));
  const text = await rewriterAt(service.url).rewrite(REQUEST);
  expect(text).toBe("Make the shirt blue.");
  expect(service.asked).toHaveLength(1);
  const [asked] = service.asked;
  expect(asked?.path).toBe("/v1/chat/completions");
  expect(asked?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(JSON.parse(asked?.body ?? "")).toMatchObject({
    model: "small",
    messages: REQUEST.messages,
    temperature: 0,
    max_tokens: REQUEST.maxTokens,
  });
});

test("a service that wants no key is shown none", async () => {
  const service = await startService(json(200, completion("Yes.")));
  await rewriterAt(service.url, { apiKey: null }).rewrite(REQUEST);
  expect(service.asked[0]?.headers.authorization).toBeUndefined();
});

test.each([
  ["500", json(500, "{}"), { trouble: "status", status: 500 }],
  ["401", json(401, "{}"), { trouble: "status", status: 401 }],
  ["no JSON", json(200, "<html>"), { trouble: "malformed" }],
  ["another shape", json(200, '{"choices":[]}'), { trouble: "malformed" }],
  ["text that is no text", json(200, completion({ a: 1 })), { trouble: "malformed" }],
  ["nothing", json(200, ""), { trouble: "malformed" }],
  ["a huge answer", json(200, completion("x".repeat(70_000))), { trouble: "too-large" }],
  [
    "an endless answer",
    (_request: IncomingMessage, response: ServerResponse) => {
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(16_384)));
      };
      response.writeHead(200).on("drain", pour);
      pour();
    },
    { trouble: "too-large" },
  ],
  [
    "a redirect elsewhere",
    (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(307, { location: "http://127.0.0.1:9/v1" }).end(),
    { trouble: "unreachable" },
  ],
  [
    "a connection cut in the middle",
    (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { "content-length": "1000" }).write("{");
      response.destroy();
    },
    { trouble: "unreachable" },
  ],
])(
  "%s is told as trouble, without a word of question or answer",
  async (_name, answer, trouble) => {
    const service = await startService(answer);
    const failed: unknown = await rewriterAt(service.url)
      .rewrite(REQUEST)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: "RewriterFailed", status: null, ...trouble });
    expect(JSON.stringify(failed) + String(failed)).not.toMatch(/เสื้อ|sk-of|xxx/);
    expect(failed).not.toHaveProperty("cause");
  },
);

test("one that never answers, or never ends, is left in time", async () => {
  const silent = await startService(() => {});
  const halfway = await startService((_request, response) => {
    response.writeHead(200).write('{"choices":');
  });
  for (const { url } of [silent, halfway]) {
    await expect(rewriterAt(url, { timeoutMs: 100 }).rewrite(REQUEST)).rejects.toMatchObject({
      trouble: "timeout",
    });
  }
});

test("one that is not there is unreachable", async () => {
  await expect(rewriterAt("http://127.0.0.1:9").rewrite(REQUEST)).rejects.toMatchObject({
    trouble: "unreachable",
  });
});
