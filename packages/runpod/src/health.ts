import { z } from "zod";

import type { GpuHealth } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
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
    { method: "GET", path: "/health", parse: toHealth },
    signal,
  );
  return answer.kind === "read" ? answer.value : null;
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
