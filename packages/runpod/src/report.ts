import type { RunpodReport } from "./backend.ts";
import type { Endpoint } from "./endpoint.ts";
import { GpuUnauthorized } from "./errors.ts";
import { readHealth } from "./health.ts";
import { isRunpodJobId } from "./job-id.ts";
import { readEndpoint } from "./read-endpoint.ts";
import { toReport } from "./status.ts";

/** Reads one attempt. A 404 means `gone` only while the same endpoint's `/health` accepts our key. */
export async function reportAttempt(
  endpoint: Endpoint,
  runpodJobId: string,
  signal: AbortSignal,
): Promise<RunpodReport> {
  if (!isRunpodJobId(runpodJobId)) return { kind: "gone" };
  const answer = await readEndpoint(
    endpoint,
    { method: "GET", path: `/status/${runpodJobId}`, parse: toReport },
    signal,
  );
  if (answer.kind === "read") return answer.value;
  await assertEndpointIsOurs(endpoint, signal);
  return { kind: "gone" };
}

async function assertEndpointIsOurs(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  const health = await readHealth(endpoint, signal);
  if (health === null) {
    throw new GpuUnauthorized("RunPod answered 404 to /status and to /health.", 404);
  }
}
