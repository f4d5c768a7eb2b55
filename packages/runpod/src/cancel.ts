import type { Endpoint } from "./endpoint.ts";
import { isRunpodJobId } from "./job-id.ts";
import { readEndpoint } from "./read-endpoint.ts";

/** Asks for the end of one job, best effort; an id that cannot be RunPod's is none. @throws as `readEndpoint` */
export async function cancelAttempt(
  endpoint: Endpoint,
  runpodJobId: string,
  signal: AbortSignal,
): Promise<void> {
  if (!isRunpodJobId(runpodJobId)) return;
  await readEndpoint(
    endpoint,
    {
      operation: "cancel",
      method: "POST",
      path: `/cancel/${runpodJobId}`,
      body: "{}",
      runpodJobId,
      // Any 2xx will do, whatever its body: `report` says how the job ended.
      parse: () => true,
    },
    signal,
  );
}
