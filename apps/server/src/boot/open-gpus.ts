import {
  type BackendRule,
  createGpuFleet,
  DEFAULT_GPU_SETTINGS,
  type GpuFleet,
  type Log,
  type SubmitHold,
} from "@ob/api";
import {
  createComfyuiBackend,
  createRateBudget,
  createRunpodClient,
  createVolumeClient,
  type GpuBackend,
  type OnFailedExchange,
} from "@ob/runpod";
import type { Env } from "../env.ts";
import type { GpuBackendEnv } from "./gpu-env.ts";

/** Every GPU backend of a replica. */
export interface OpenGpus {
  readonly fleet: GpuFleet;
  /** Ends the connections that stay open. */
  close(): void;
}

/** Opens every GPU backend that is named; none is asked anything yet. */
export function openGpus(
  env: Env,
  { log, onFailedExchange }: { log: Log; onFailedExchange: OnFailedExchange },
): OpenGpus {
  const { gpu, gpuFigures } = env;
  const httpTimeoutMs = gpuFigures.httpTimeoutMs ?? DEFAULT_GPU_SETTINGS.httpTimeoutMs;
  const parts = { httpTimeoutMs, onFailedExchange, rateShare: gpu.rateShare };
  const opened = gpu.backends.map((settings) => openBackend(settings, parts));
  const rules = gpu.rules.flatMap(({ service, mode, kind }): BackendRule[] =>
    opened
      .filter((one) => one.kind === kind)
      .map(({ backend }) => ({ service, mode, backend: backend.name })),
  );
  const submitHolds = new Map<string, SubmitHold>();
  for (const { backend, submitHold } of opened) {
    if (submitHold !== null) submitHolds.set(backend.name, submitHold);
  }
  const fleet = createGpuFleet({
    backends: opened.map(({ backend }) => backend),
    rules,
    whenDown: gpu.whenDown,
    submitHolds,
    onBreaker(backend, cause) {
      if (cause === null) log.warn("gpu.back", { backend });
      else log.error("gpu.down", { backend, cause });
    },
  });
  return {
    fleet,
    close() {
      for (const { close } of opened) close();
    },
  };
}

interface BackendParts {
  readonly httpTimeoutMs: number;
  readonly onFailedExchange: OnFailedExchange;
  readonly rateShare: number;
}

interface OpenBackend {
  readonly kind: GpuBackendEnv["kind"];
  readonly backend: GpuBackend;
  /** Null = the other side has no limits. */
  readonly submitHold: SubmitHold | null;
  close(): void;
}

function openBackend(settings: GpuBackendEnv, parts: BackendParts): OpenBackend {
  const { httpTimeoutMs, onFailedExchange } = parts;
  const { kind } = settings;
  if (settings.kind === "comfyui") {
    const { url } = settings;
    const backend = createComfyuiBackend({ url, httpTimeoutMs, fetch, onFailedExchange });
    return { kind, backend, submitHold: null, close: () => backend.close() };
  }
  const { baseUrl, endpointId, apiKey } = settings;
  const budget = createRateBudget({ share: parts.rateShare, fetch });
  const endpoint = {
    baseUrl,
    endpointId,
    apiKey,
    httpTimeoutMs,
    fetch: budget.fetch,
    onFailedExchange,
  };
  const submitHold: SubmitHold = (now, placesTaken) => {
    const atMs = budget.submitAt(now.getTime(), placesTaken);
    return atMs === null ? null : new Date(atMs);
  };
  const backend = openEndpoint(settings, endpoint);
  return { kind, backend, submitHold, close: () => {} };
}

type EndpointEnv = Exclude<GpuBackendEnv, { kind: "comfyui" }>;

function openEndpoint(
  settings: EndpointEnv,
  endpoint: Parameters<typeof createRunpodClient>[0],
): GpuBackend {
  switch (settings.kind) {
    case "simulator":
      return createRunpodClient({ ...endpoint, allowLoopbackOutputs: true });
    case "runpod":
      return settings.volume === null
        ? createRunpodClient({ ...endpoint, outputHosts: settings.outputHosts })
        : createVolumeClient({ ...endpoint, volume: settings.volume });
  }
}
