import { type BackendRule, createGpuFleet, DEFAULT_GPU_SETTINGS, type GpuFleet } from "@ob/api";
import {
  createRunpodClient,
  createVolumeClient,
  type GpuBackend,
  type OnFailedExchange,
} from "@ob/runpod";
import type { Env } from "../env.ts";
import type { GpuBackendEnv } from "./gpu-env.ts";

/** Opens every GPU backend that is named; none is asked anything yet. */
export function openGpus({ gpu, gpuFigures }: Env, onFailedExchange: OnFailedExchange): GpuFleet {
  const httpTimeoutMs = gpuFigures.httpTimeoutMs ?? DEFAULT_GPU_SETTINGS.httpTimeoutMs;
  const opened = gpu.backends.map((settings) => ({
    kind: settings.kind,
    backend: openBackend(settings, { httpTimeoutMs, onFailedExchange }),
  }));
  const rules = gpu.rules.flatMap(({ service, mode, kind }): BackendRule[] =>
    opened
      .filter((one) => one.kind === kind)
      .map(({ backend }) => ({ service, mode, backend: backend.name })),
  );
  return createGpuFleet({ backends: opened.map(({ backend }) => backend), rules });
}

interface BackendParts {
  readonly httpTimeoutMs: number;
  readonly onFailedExchange: OnFailedExchange;
}

function openBackend(settings: GpuBackendEnv, parts: BackendParts): GpuBackend {
  switch (settings.kind) {
    case "simulator":
    case "runpod": {
      const { baseUrl, endpointId, apiKey } = settings;
      if (settings.kind === "runpod" && settings.volume !== null) {
        const { volume } = settings;
        return createVolumeClient({ baseUrl, endpointId, apiKey, volume, ...parts, fetch });
      }
      const outputHosts = settings.kind === "runpod" ? settings.outputHosts : [];
      return createRunpodClient({ baseUrl, endpointId, apiKey, outputHosts, ...parts, fetch });
    }
    case "comfyui":
      throw new Error("ComfyUI is not wired yet");
  }
}
