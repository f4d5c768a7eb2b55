import type { GpuBackend, WantedPictures } from "./backend.ts";
import { cancelAttempt } from "./cancel.ts";
import { createEndpoint, type Endpoint, type EndpointOptions } from "./endpoint.ts";
import { GpuUnavailable } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";
import { type FetchLink, fetchPictures } from "./fetch-pictures.ts";
import { endpointHealth } from "./health.ts";
import { reportAttempt } from "./report.ts";
import { submitAttempt } from "./submit.ts";

/** One endpoint, as its client needs it, and where its workers may put pictures. */
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
      fetchPictures(output, want, linkFetcher({ endpoint, options, want }, signal)),
    health: (signal) => endpointHealth(endpoint, signal),
  };
}

interface LinkSide {
  endpoint: Endpoint;
  options: RunpodClientOptions;
  want: WantedPictures;
}

/** Fetches links one after the other, all of them within the budget of one call. */
function linkFetcher({ endpoint, options, want }: LinkSide, signal: AbortSignal): FetchLink {
  const startedMs = endpoint.now();
  const isLocal = options.allowLoopbackOutputs ?? false;
  return (url, maxBytes) => {
    const leftMs = endpoint.httpTimeoutMs - (endpoint.now() - startedMs);
    if (leftMs <= 0) throw new GpuUnavailable("The pictures' links took too long.");
    return fetchFile(
      url,
      {
        hosts: options.outputHosts ?? [],
        allowPlain: isLocal,
        allowLoopback: isLocal,
        maxBytes,
        timeoutMs: leftMs,
        recorder: endpoint.recorder,
        filePrefix: want.filePrefix,
      },
      signal,
    );
  };
}
