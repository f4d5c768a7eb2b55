import { once } from "node:events";
import { createServer } from "node:net";
import { inspect } from "node:util";

import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import {
  API_KEY,
  ATTEMPT,
  createTestClient,
  ENDPOINT_URL,
  never,
} from "../test/support/client-setup.ts";

const network = setupServer();
beforeAll(() => network.listen({ onUnhandledFrame: "bypass" }));
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

/** Answers `/run` and counts how often it was asked. */
function answerRun(answer: () => Response): { requests: Request[] } {
  const requests: Request[] = [];
  network.use(
    http.post(`${ENDPOINT_URL}/run`, ({ request }) => {
      requests.push(request.clone());
      return answer();
    }),
  );
  return { requests };
}

describe("an answer that proves the job was queued", () => {
  test("is a 2xx with a string id", async () => {
    const { requests } = answerRun(() => HttpResponse.json({ id: "a1b2-e1", status: "IN_QUEUE" }));
    const { client } = createTestClient();
    expect(await client.submit(ATTEMPT, { signal: never() })).toEqual({
      kind: "accepted",
      runpodJobId: "a1b2-e1",
    });
    const sent = requests[0];
    expect(sent?.headers.get("authorization")).toBe(`Bearer ${API_KEY}`);
    expect(await sent?.json()).toEqual({
      input: { workflow: ATTEMPT.graph, images: [{ name: "a.png", image: "AQID" }] },
      webhook: ATTEMPT.webhookUrl,
      policy: { executionTimeout: 300_000, ttl: 600_000 },
    });
  });

  test("is asked for without a webhook when there is none", async () => {
    const { requests } = answerRun(() => HttpResponse.json({ id: "a1b2-e1" }));
    const { client } = createTestClient();
    await client.submit({ ...ATTEMPT, webhookUrl: null }, { signal: never() });
    expect(await requests[0]?.json()).not.toHaveProperty("webhook");
  });
});

describe("an answer that proves nothing was queued", () => {
  test.each([400, 401, 403, 404, 413, 422, 429])("is %i, and is asked for once", async (status) => {
    const { requests } = answerRun(() => HttpResponse.json({ error: "no" }, { status }));
    const { client, waitsMs } = createTestClient();
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    expect(outcome).toMatchObject({ kind: "refused", status, retryAfterMs: null });
    expect(requests).toHaveLength(1);
    expect(waitsMs).toEqual([]);
  });

  test.each([
    ["seconds", "7", 7_000],
    ["an HTTP date", "Sun, 22 Nov 2026 09:00:12 GMT", 12_000],
    ["nonsense", "soon", null],
  ])("carries the wait it asked for as %s", async (_, header, retryAfterMs) => {
    answerRun(() => new HttpResponse(null, { status: 429, headers: { "retry-after": header } }));
    const { client } = createTestClient();
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    expect(outcome).toMatchObject({ kind: "refused", status: 429, retryAfterMs });
  });

  test("is a port nobody listens on", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : null;
    server.close();
    await once(server, "close");
    const { client } = createTestClient({ baseUrl: `http://127.0.0.1:${port}` });
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    expect(outcome).toMatchObject({ kind: "refused", status: null });
  });

  test("is a host that does not exist", async () => {
    const { client } = createTestClient({ baseUrl: "http://no-such-host.invalid" });
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    expect(outcome).toMatchObject({ kind: "refused", status: null });
  });

  test("is a body RunPod would not take, kept here", async () => {
    const { requests } = answerRun(() => HttpResponse.json({ id: "a-e1" }));
    const { client } = createTestClient();
    const images = [{ name: "big.png", bytes: new Uint8Array(7_600_000) }];
    const outcome = await client.submit({ ...ATTEMPT, images }, { signal: never() });
    expect(outcome).toMatchObject({ kind: "refused", status: 413 });
    expect(requests).toHaveLength(0);
  });

  test.each([
    ["the caller says no at the last moment", { signal: never(), onBeforeSend: () => false }],
    ["the caller has given up already", { signal: AbortSignal.abort() }],
  ])("is never asked for when %s", async (_, options) => {
    const { requests } = answerRun(() => HttpResponse.json({ id: "a-e1" }));
    const { client } = createTestClient();
    const outcome = await client.submit(ATTEMPT, options);
    expect(outcome).toMatchObject({ kind: "refused", status: null, reason: "never sent" });
    expect(requests).toHaveLength(0);
  });
});

describe("an answer that proves nothing", () => {
  test.each([
    ["500", () => HttpResponse.json({ error: "boom" }, { status: 500 })],
    ["a gateway's HTML 502", () => HttpResponse.html("<h1>Bad Gateway</h1>", { status: 502 })],
    ["408", () => new HttpResponse(null, { status: 408 })],
    ["HTML 200", () => HttpResponse.html("<html>maintenance</html>")],
    ["truncated JSON", () => HttpResponse.text('{"id":"a1b2-e1","sta')],
    ["JSON null", () => HttpResponse.json(null)],
    ["an empty body", () => new HttpResponse(null, { status: 200 })],
    ["no id", () => HttpResponse.json({ status: "IN_QUEUE" })],
    ["a number as id", () => HttpResponse.json({ id: 7 })],
    ["an empty id", () => HttpResponse.json({ id: "" })],
    ["an id that would change a path", () => HttpResponse.json({ id: "../cancel/x" })],
    ["a connection lost on the way", () => HttpResponse.error()],
  ])("is unanswered: %s", async (_, answer) => {
    const { requests } = answerRun(answer);
    const { client, waitsMs } = createTestClient();
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    expect(outcome.kind).toBe("unanswered");
    expect(requests).toHaveLength(1);
    expect(waitsMs).toEqual([]);
  });

  test("is a redirect, which is not followed", async () => {
    let followed = 0;
    network.use(
      http.all("https://elsewhere.test/*", () => ((followed += 1), HttpResponse.json({ id: "x" }))),
    );
    answerRun(
      () =>
        new HttpResponse(null, {
          status: 307,
          headers: { location: "https://elsewhere.test/run" },
        }),
    );
    const { client } = createTestClient();
    expect((await client.submit(ATTEMPT, { signal: never() })).kind).toBe("unanswered");
    expect(followed).toBe(0);
  });

  test.each([
    ["says nothing until the time is over", () => undefined],
    ["hangs up after the request", (socket: { destroy: () => void }) => socket.destroy()],
  ])("is a server that %s", async (_, onRequest) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => onRequest(socket));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : null;
    const { client } = createTestClient({
      baseUrl: `http://127.0.0.1:${port}`,
      httpTimeoutMs: 100,
    });
    expect((await client.submit(ATTEMPT, { signal: never() })).kind).toBe("unanswered");
    server.close();
  });
});

test("no outcome tells the key, the webhook's secret or the pictures", async () => {
  const answers = [
    () => HttpResponse.json({ error: `bad key ${API_KEY}` }, { status: 401 }),
    () => HttpResponse.text(`proxy error for Bearer ${API_KEY} secret-token AQID`, { status: 502 }),
    () => HttpResponse.text(`{"echo":"${API_KEY} secret-token AQID"`),
    () => HttpResponse.error(),
  ];
  for (const answer of answers) {
    answerRun(answer);
    const { client } = createTestClient();
    const outcome = await client.submit(ATTEMPT, { signal: never() });
    const told = inspect(outcome, { depth: 10, showHidden: true });
    for (const secret of [API_KEY, "secret-token", "AQID"]) expect(told).not.toContain(secret);
    network.resetHandlers();
  }
});
