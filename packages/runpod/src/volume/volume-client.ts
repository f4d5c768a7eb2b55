import type { AttemptRequest, GpuBackend, SubmitOptions, SubmitOutcome } from "../backend.ts";
import { cancelAttempt } from "../cancel.ts";
import { createEndpoint, type Endpoint, type EndpointOptions } from "../endpoint.ts";
import { GpuUnauthorized, GpuUnavailable } from "../errors.ts";
import { endpointHealth } from "../health.ts";
import { exchangeRecorder } from "../record-exchange.ts";
import { refused } from "../refused.ts";
import { reportAttempt } from "../report.ts";
import { postRun } from "../submit.ts";
import { discardFiles, sweepFiles } from "./discard-files.ts";
import { encodeVolumeBody } from "./encode-volume-body.ts";
import { fetchVolumePictures } from "./fetch-volume-pictures.ts";
import { uploadInputs } from "./upload-inputs.ts";
import type { VolumeSide } from "./volume-calls.ts";
import { readVolumeOutput } from "./volume-output.ts";

/** A RunPod network volume and the S3 key that opens it. */
export interface VolumeOptions {
  id: string;
  /** Id of the data center, such as `EUR-IS-1`. */
  region: string;
  /** `https://s3api-<data center, lower case>.runpod.io` */
  endpointUrl: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** One endpoint whose handler works on a network volume, and that volume. */
export interface VolumeClientOptions extends EndpointOptions {
  volume: VolumeOptions;
}

/**
 * Makes the GPU backend of one RunPod Serverless endpoint whose handler works on a network volume:
 * pictures are written to and read from the volume through its S3 API, RunPod carries the graph alone.
 * @see docs/volume-handler.md
 */
export function createVolumeClient(options: VolumeClientOptions): GpuBackend {
  const name = `runpod:${options.endpointId}`;
  const endpoint = createEndpoint(name, options);
  const volume = volumeSide(name, { options, endpoint });
  const uploaded = new Set<string>();
  return {
    name,
    prepare: (attempt, signal) => uploadInputs({ volume, uploaded }, attempt, signal),
    submit: (attempt, submitOptions) =>
      submitAttempt({ endpoint, volume, uploaded }, attempt, submitOptions),
    report: (runpodJobId, signal) =>
      reportAttempt(endpoint, runpodJobId, { signal, describe: readVolumeOutput }),
    cancel: (runpodJobId, signal) => cancelAttempt(endpoint, runpodJobId, signal),
    fetchPictures: (output, want, signal) => fetchVolumePictures(volume, { output, want }, signal),
    discard: (leftovers, signal) => discardFiles(volume, leftovers, signal),
    sweep: (before, signal) => sweepFiles(volume, before, signal),
    health: (signal) => endpointHealth(endpoint, signal),
  };
}

function volumeSide(
  backend: string,
  { options, endpoint }: { options: VolumeClientOptions; endpoint: Endpoint },
): VolumeSide {
  const { id, endpointUrl, region, accessKeyId, secretAccessKey } = options.volume;
  const { httpTimeoutMs, sleep, random, now } = endpoint;
  return {
    endpointUrl,
    id,
    credentials: { region, accessKeyId, secretAccessKey },
    httpTimeoutMs,
    fetch: options.fetch,
    sleep,
    random,
    now,
    recorder: exchangeRecorder({
      backend,
      part: "volume",
      onFailedExchange: options.onFailedExchange,
      now,
      secrets: [accessKeyId, secretAccessKey],
    }),
  };
}

interface Side {
  endpoint: Endpoint;
  volume: VolumeSide;
  uploaded: Set<string>;
}

/** Pictures first, which may be repeated and queues nothing; then the one request of `postRun`. */
async function submitAttempt(
  { endpoint, volume, uploaded }: Side,
  attempt: AttemptRequest,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  if (options.signal.aborted) return refused(null, "never sent");
  try {
    await uploadInputs({ volume, uploaded }, attempt, options.signal);
  } catch (error) {
    if (options.signal.aborted) return refused(null, "never sent");
    // An operator has to mend the key; whatever else it is may pass.
    if (error instanceof GpuUnauthorized) return refused(error.status, error.message);
    if (!(error instanceof GpuUnavailable)) throw error;
    return refused(null, `Before the job: ${error.message}`);
  }
  const encoded = encodeVolumeBody(attempt);
  return postRun(endpoint, { encoded, meant: attempt, filePrefix: attempt.filePrefix }, options);
}
