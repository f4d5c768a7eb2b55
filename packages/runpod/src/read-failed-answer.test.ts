import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { FailedExchange } from "./exchange.ts";
import { readFailedAnswer } from "./read-failed-answer.ts";
import { exchangeRecorder } from "./record-exchange.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Fill = (controller: ReadableStreamDefaultController<Uint8Array>) => void;

/** Reads a 500 whose body is this stream. @returns what was told of its body, and whether it was let go */
function readInto(body: { start?: Fill; pull?: Fill }) {
  const failures: FailedExchange[] = [];
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    ...body,
    cancel: () => {
      isCancelled = true;
    },
  });
  const record = exchangeRecorder({
    backend: "b",
    onFailedExchange: (exchange) => failures.push(exchange),
    now: Date.now,
    secrets: [],
  }).begin({ operation: "report", method: "GET", url: "https://a.test/", headers: {} });
  const response = new Response(stream, { status: 500 });
  record.answered(response);
  const done = readFailedAnswer(response, record).then(() => {
    record.failed();
    return { body: failures[0]?.response?.body, isCancelled };
  });
  return done;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a failed answer that never ends is let go after a moment, with what was read by then", async () => {
  const done = readInto({ start: (controller) => controller.enqueue(bytes("out of ")) });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await done).toEqual({ body: "out of ", isCancelled: true });
});

test("a failed answer that breaks off tells what it had said", async () => {
  let pulls = 0;
  const done = readInto({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(bytes("half a sen"));
      else controller.error(new Error("reset"));
    },
  });
  expect((await done).body).toBe("half a sen");
});

test("a failed answer without end is read only so far", async () => {
  let pulls = 0;
  const done = readInto({
    pull(controller) {
      pulls += 1;
      controller.enqueue(bytes("no picture, ".repeat(100)));
    },
  });
  const { body, isCancelled } = await done;
  expect(body?.length).toBe(16_000);
  expect(isCancelled).toBe(true);
  expect(pulls).toBeLessThan(30);
});
