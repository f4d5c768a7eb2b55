import { setTimeout as delay } from "node:timers/promises";

import type { GpuBackend } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { GpuUnauthorized } from "./errors.ts";
import { readHealth } from "./health.ts";
import { isRunpodJobId } from "./job-id.ts";
import { readOutput } from "./output.ts";
import { readEndpoint } from "./read-endpoint.ts";
import { reportAttempt } from "./report.ts";
import { submitAttempt } from "./submit.ts";

export interface RunpodClientOptions {
  /** Up to and with the version: `https://api.runpod.ai/v2`. */
  baseUrl: string;
  endpointId: string;
  apiKey: string;
  /** Budget of one call, retries and waits included, in ms. */
  httpTimeoutMs: number;
  fetch: typeof fetch;
  /** @default the system's timer */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1), spreads retries. @default Math.random */
  random?: () => number;
  /** Epoch ms. @default Date.now */
  now?: () => number;
}

/**
 * Makes the GPU backend of one RunPod Serverless endpoint with a worker-comfyui image.
 * @see https://docs.runpod.io/serverless/endpoints/operation-reference
 */
export function createRunpodClient(options: RunpodClientOptions): GpuBackend {
  const endpoint: Endpoint = {
    url: `${options.baseUrl.replace(/\/+$/, "")}/${encodeURIComponent(options.endpointId)}`,
    apiKey: options.apiKey,
    httpTimeoutMs: options.httpTimeoutMs,
    fetch: options.fetch,
    sleep: options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal })),
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
  };
  return {
    name: `runpod:${options.endpointId}`,
    submit: (attempt, submitOptions) => submitAttempt(endpoint, attempt, submitOptions),
    report: (runpodJobId, signal) => reportAttempt(endpoint, runpodJobId, signal),
    async cancel(runpodJobId, signal) {
      if (!isRunpodJobId(runpodJobId)) return;
      const path = `/cancel/${runpodJobId}`;
      // Any 2xx will do, whatever its body: `report` says how the job ended.
      await readEndpoint(endpoint, { method: "POST", path, body: "{}", parse: () => true }, signal);
    },
    async fetchPictures(output) {
      return readOutput(output);
    },
    async health(signal) {
      const health = await readHealth(endpoint, signal);
      if (health === null) {
        throw new GpuUnauthorized("RunPod answered 404: the endpoint is wrong or not ours.", 404);
      }
      return health;
    },
  };
}
