import { inspect } from "node:util";

import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { API_KEY, createTestClient, ENDPOINT_URL, never } from "../test/support/client-setup.ts";
import { GpuUnauthorized, GpuUnavailable } from "./errors.ts";

const network = setupServer();
beforeAll(() => network.listen({ onUnhandledFrame: "error" }));
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

const HEALTH = {
  jobs: { completed: 1, failed: 5, inProgress: 2, inQueue: 3, retried: 0 },
  workers: { idle: 1, initializing: 4, ready: 1, running: 2, throttled: 6, unhealthy: 0 },
};

/** Answers `/status/job-e1` with each answer in turn, the last one again and again. */
function answerStatus(...answers: (() => Response)[]): { asked: () => number } {
  let asked = 0;
  network.use(
    http.get(`${ENDPOINT_URL}/status/job-e1`, () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      return answer === undefined ? HttpResponse.error() : answer();
    }),
  );
  return { asked: () => asked };
}

function answerHealth(answer: () => Response): void {
  network.use(http.get(`${ENDPOINT_URL}/health`, answer));
}

const inQueue = () => HttpResponse.json({ id: "job-e1", status: "IN_QUEUE" });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new HttpResponse(null, { status: code, headers });

describe("a question that is safe to repeat", () => {
  test.each([
    ["429", status(429)],
    ["500", status(500)],
    ["an HTML 200", () => HttpResponse.html("<html>hello</html>")],
    ["truncated JSON", () => HttpResponse.text('{"id":"job-e1","status":"COMPL')],
    ["a null body", () => HttpResponse.json(null)],
    ["no status in the body", () => HttpResponse.json({ id: "job-e1" })],
    ["a lost connection", () => HttpResponse.error()],
  ])("is asked again after %s", async (_, bad) => {
    const { asked } = answerStatus(bad, bad, inQueue);
    const { client, waitsMs } = createTestClient();
    expect(await client.report("job-e1", never())).toEqual({ kind: "waiting", queuedMs: null });
    expect(asked()).toBe(3);
    expect(waitsMs).toEqual([250, 500]);
  });

  test("is given up after the third try", async () => {
    const { asked } = answerStatus(status(503));
    const { client } = createTestClient();
    await expect(client.report("job-e1", never())).rejects.toMatchObject({
      name: "GpuUnavailable",
      status: 503,
    });
    expect(asked()).toBe(3);
  });

  test("waits as long as Retry-After says, in seconds or until a date", async () => {
    answerStatus(
      status(429, { "retry-after": "2" }),
      status(429, { "retry-after": "Sun, 22 Nov 2026 09:00:05 GMT" }),
      inQueue,
    );
    const { client, waitsMs } = createTestClient();
    await client.report("job-e1", never());
    expect(waitsMs).toEqual([2_000, 3_000]);
  });

  test("is given up at once when the wait asked for passes the budget", async () => {
    const { asked } = answerStatus(status(429, { "retry-after": "31" }));
    const { client, waitsMs } = createTestClient();
    const error: unknown = await client
      .report("job-e1", never())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GpuUnavailable);
    expect(error).toMatchObject({ retryAfterMs: 31_000 });
    expect(asked()).toBe(1);
    expect(waitsMs).toEqual([]);
  });

  test("counts its waits against the budget", async () => {
    const { asked } = answerStatus(status(429, { "retry-after": "20" }));
    const { client, waitsMs } = createTestClient();
    await expect(client.report("job-e1", never())).rejects.toBeInstanceOf(GpuUnavailable);
    expect(waitsMs).toEqual([20_000]);
    expect(asked()).toBe(2);
  });

  test.each([400, 302, 422])("is not repeated after %i", async (code) => {
    const { asked } = answerStatus(status(code));
    const { client } = createTestClient();
    await expect(client.report("job-e1", never())).rejects.toBeInstanceOf(GpuUnavailable);
    expect(asked()).toBe(1);
  });

  test("ends with the caller's own reason when the caller gives up", async () => {
    const reason = new Error("the driver stops");
    answerStatus(status(500));
    const controller = new AbortController();
    const { client } = createTestClient({
      sleep: async (_, signal) => {
        controller.abort(reason);
        signal.throwIfAborted();
      },
    });
    await expect(client.report("job-e1", controller.signal)).rejects.toBe(reason);
  });

  test("ends when the budget is over though the other side never answers", async () => {
    const { client } = createTestClient({
      httpTimeoutMs: 50,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(new Error("timed out")));
        }),
    });
    await expect(client.report("job-e1", never())).rejects.toBeInstanceOf(GpuUnavailable);
  });
});

describe("a refused key", () => {
  test.each([401, 403])("is told at once: %i", async (code) => {
    const { asked } = answerStatus(status(code));
    const { client } = createTestClient();
    await expect(client.report("job-e1", never())).rejects.toMatchObject({
      name: "GpuUnauthorized",
      status: code,
    });
    expect(asked()).toBe(1);
  });

  test("appears in no error", async () => {
    answerStatus(() => HttpResponse.text(`no rights: Bearer ${API_KEY}`, { status: 401 }));
    const { client } = createTestClient();
    const error: unknown = await client
      .report("job-e1", never())
      .catch((reason: unknown) => reason);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(API_KEY);
  });
});

describe("404 on /status", () => {
  test("means gone while /health accepts our key", async () => {
    answerStatus(status(404));
    answerHealth(() => HttpResponse.json(HEALTH));
    const { client } = createTestClient();
    expect(await client.report("job-e1", never())).toEqual({ kind: "gone" });
  });

  test.each([401, 403, 404])(
    "means a wrong key or endpoint while /health says %i",
    async (code) => {
      answerStatus(status(404));
      answerHealth(status(code));
      const { client } = createTestClient();
      await expect(client.report("job-e1", never())).rejects.toBeInstanceOf(GpuUnauthorized);
    },
  );

  test("means nothing while /health is down", async () => {
    answerStatus(status(404));
    answerHealth(status(500));
    const { client } = createTestClient();
    await expect(client.report("job-e1", never())).rejects.toBeInstanceOf(GpuUnavailable);
  });
});

test.each(["", "..", "../health", "a/b", "a?b", "a%2fb", "x".repeat(129)])(
  "an id that is no job id (%j) is gone without a request",
  async (id) => {
    const { client } = createTestClient();
    expect(await client.report(id, never())).toEqual({ kind: "gone" });
    await expect(client.cancel(id, never())).resolves.toBeUndefined();
  },
);

describe("cancel", () => {
  test.each([200, 404])("is done after %i, whatever the body", async (code) => {
    let asked = 0;
    network.use(
      http.post(`${ENDPOINT_URL}/cancel/job-e1`, () => {
        asked += 1;
        return HttpResponse.text("not json", { status: code });
      }),
    );
    const { client } = createTestClient();
    await expect(client.cancel("job-e1", never())).resolves.toBeUndefined();
    expect(asked).toBe(1);
  });
});

describe("health", () => {
  test("counts workers and jobs", async () => {
    answerHealth(() => HttpResponse.json(HEALTH));
    const { client } = createTestClient();
    expect(await client.health(never())).toEqual({
      ready: 1,
      running: 2,
      initializing: 4,
      throttled: 6,
      inQueue: 3,
      inProgress: 2,
    });
  });

  test("takes idle for ready where ready is missing", async () => {
    answerHealth(() => HttpResponse.json({ jobs: {}, workers: { idle: 2, running: 0 } }));
    const { client } = createTestClient();
    expect(await client.health(never())).toMatchObject({ ready: 2, inQueue: 0 });
  });
});
