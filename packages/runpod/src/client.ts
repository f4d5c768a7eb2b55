import type { GpuBackend } from "./backend.ts";
import { cancelAttempt } from "./cancel.ts";
import { createEndpoint, type EndpointOptions } from "./endpoint.ts";
import { fetchFile } from "./fetch-file.ts";
import { fetchPictures } from "./fetch-pictures.ts";
import { endpointHealth } from "./health.ts";
import { reportAttempt } from "./report.ts";
import { submitAttempt } from "./submit.ts";

export interface RunpodClientOptions extends EndpointOptions {
  /**
   * Hosts that a worker's links to its pictures may point at; `*.example.com` stands for every host
   * below example.com. @default none: pictures must stand in the output itself
   */
  outputHosts?: readonly string[];
  /** Links may point at this machine, over http and any port: for a simulator. @default false */
  allowLoopbackOutputs?: boolean;
}

/**
 * Makes the GPU backend of one RunPod Serverless endpoint with a worker-comfyui image.
 * @see https://docs.runpod.io/serverless/endpoints/operation-reference
 */
export function createRunpodClient(options: RunpodClientOptions): GpuBackend {
  const name = `runpod:${options.endpointId}`;
  const endpoint = createEndpoint(name, options);
  return {
    name,
    submit: (attempt, submitOptions) => submitAttempt(endpoint, attempt, submitOptions),
    report: (runpodJobId, signal) => reportAttempt(endpoint, runpodJobId, { signal }),
    cancel: (runpodJobId, signal) => cancelAttempt(endpoint, runpodJobId, signal),
    fetchPictures: (output, want, signal) =>
      fetchPictures(output, want, (url, maxBytes) =>
        fetchFile(
          url,
          {
            hosts: options.outputHosts ?? [],
            allowPlain: options.allowLoopbackOutputs ?? false,
            allowLoopback: options.allowLoopbackOutputs ?? false,
            maxBytes,
            timeoutMs: options.httpTimeoutMs,
            recorder: endpoint.recorder,
            filePrefix: want.filePrefix,
          },
          signal,
        ),
      ),
    health: (signal) => endpointHealth(endpoint, signal),
  };
}
