import type { RunpodClientOptions } from "../../src/client.ts";
import { createRunpodClient } from "../../src/client.ts";
import type { AttemptRequest, GpuBackend } from "../../src/backend.ts";

export const BASE_URL = "https://api.runpod.test/v2";
export const ENDPOINT_URL = `${BASE_URL}/ep1`;
export const API_KEY = "rpa_test_key_that_must_not_leak";

export const ATTEMPT: AttemptRequest = {
  graph: { "60": { class_type: "SaveImage", inputs: { filename_prefix: "p" } } },
  images: [{ name: "a.png", bytes: new Uint8Array([1, 2, 3]) }],
  filePrefix: "p",
  webhookUrl: "https://studio.test/webhooks/runpod/secret-token",
  executionTimeoutMs: 300_000,
  ttlMs: 600_000,
};

/** A client whose waits are written down instead of waited. */
export function createTestClient(over: Partial<RunpodClientOptions> = {}): {
  client: GpuBackend;
  waitsMs: number[];
} {
  const waitsMs: number[] = [];
  let nowMs = Date.UTC(2026, 10, 22, 9, 0, 0);
  const client = createRunpodClient({
    baseUrl: BASE_URL,
    endpointId: "ep1",
    apiKey: API_KEY,
    httpTimeoutMs: 30_000,
    // Read at each call: the network interceptor replaces the global one.
    fetch: (...request) => globalThis.fetch(...request),
    random: () => 0.5,
    now: () => nowMs,
    sleep: async (ms) => {
      waitsMs.push(ms);
      nowMs += ms;
    },
    ...over,
  });
  return { client, waitsMs };
}

export function never(): AbortSignal {
  return new AbortController().signal;
}
