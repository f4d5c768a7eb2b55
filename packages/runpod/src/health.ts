import { z } from "zod";

import type { GpuHealth } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { GpuUnauthorized } from "./errors.ts";
import { readEndpoint } from "./read-endpoint.ts";

const Count = z.number().int().nonnegative().catch(0).default(0);

const RunpodHealth = z.object({
  jobs: z.object({ inQueue: Count, inProgress: Count }),
  workers: z.object({
    idle: Count,
    ready: Count,
    running: Count,
    initializing: Count,
    throttled: Count,
  }),
});

/** Reads `/health`; `null` when the endpoint does not exist for our key (404). @throws as `readEndpoint` */
export async function readHealth(
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<GpuHealth | null> {
  const answer = await readEndpoint(
    endpoint,
    { operation: "health", method: "GET", path: "/health", parse: toHealth },
    signal,
  );
  return answer.kind === "read" ? answer.value : null;
}

/** Counts workers and jobs. @throws {GpuUnauthorized} also on 404; else as `readEndpoint` */
export async function endpointHealth(endpoint: Endpoint, signal: AbortSignal): Promise<GpuHealth> {
  const health = await readHealth(endpoint, signal);
  if (health === null) {
    throw new GpuUnauthorized("RunPod answered 404: the endpoint is wrong or not ours.", 404);
  }
  return health;
}

function toHealth(json: unknown): GpuHealth | null {
  const health = RunpodHealth.safeParse(json);
  if (!health.success) return null;
  const { jobs, workers } = health.data;
  return {
    // `ready` is missing from older answers, where `idle` says the same.
    ready: Math.max(workers.ready, workers.idle),
    running: workers.running,
    initializing: workers.initializing,
    throttled: workers.throttled,
    inQueue: jobs.inQueue,
    inProgress: jobs.inProgress,
  };
}
