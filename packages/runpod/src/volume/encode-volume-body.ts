import type { AttemptRequest } from "../backend.ts";

/** The body of `POST /run` for the volume handler: the graph alone; its pictures lie on the volume. */
export function encodeVolumeBody(attempt: AttemptRequest): string {
  return JSON.stringify({
    input: { workflow_api: attempt.graph },
    ...(attempt.webhookUrl === null ? {} : { webhook: attempt.webhookUrl }),
    policy: { executionTimeout: attempt.executionTimeoutMs, ttl: attempt.ttlMs },
  });
}
