import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { Server } from "node:net";

import { afterEach } from "vitest";

import type { FailedExchange } from "../../src/exchange.ts";
import type { FetchFileOptions } from "../../src/fetch-file.ts";
import { exchangeRecorder } from "../../src/record-exchange.ts";

/** The beginning of a picture, and enough after it to come in several pieces. */
export const PNG = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  Buffer.alloc(50_000, 7),
]);

/** What the downloads of a test file are allowed, and what went wrong in the test that runs. */
export interface DownloadTest {
  /** Emptied after each test. */
  failures: FailedExchange[];
  /** Takes a bucket on this machine under any name; what a test does not mention is generous. */
  options(over?: Partial<FetchFileOptions>): FetchFileOptions;
}

/** Makes ready for the downloads of one test file. */
export function downloadTest(): DownloadTest {
  const failures: FailedExchange[] = [];
  afterEach(() => failures.splice(0));
  const recorder = exchangeRecorder({
    backend: "runpod:ep1",
    onFailedExchange: (exchange) => failures.push(exchange),
    now: Date.now,
    secrets: [],
  });
  return {
    failures,
    options: (over = {}) => ({
      hosts: ["127.0.0.1", "bucket.test"],
      allowPlain: true,
      allowLoopback: true,
      maxBytes: 1_000_000,
      timeoutMs: 20_000,
      resolve: async () => ["127.0.0.1"],
      recorder,
      filePrefix: "ob-1",
      ...over,
    }),
  };
}

/** A bucket on this machine that answers as it is told. */
export async function withBucket<T>(
  answer: RequestListener,
  visit: (origin: string, asked: () => number) => Promise<T>,
): Promise<T> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    response.on("error", () => undefined);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await visit(`http://127.0.0.1:${portOf(server)}`, () => asked);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
}

/** The port a server listens on. @throws {Error} when it does not listen on one */
export function portOf(server: Pick<Server, "address">): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
