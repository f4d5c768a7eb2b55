import type { EnvSource } from "./env-error.ts";
import type { EnvVariables } from "./env-variables.ts";
import { GPU_KINDS, type GpuKind, type GpuRule, parseGpuRules } from "./gpu-rules.ts";

/** Where a volume handler's pictures lie. */
export interface VolumeEnv {
  readonly id: string;
  /** Id of the data center, such as `EUR-IS-1`. */
  readonly region: string;
  readonly endpointUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One RunPod endpoint; the simulator speaks the same API. */
interface EndpointEnv {
  readonly baseUrl: string;
  readonly endpointId: string;
  readonly apiKey: string;
}

/** One GPU backend of this process. */
export type GpuBackendEnv =
  | (EndpointEnv & { readonly kind: "simulator" })
  | (EndpointEnv & {
      readonly kind: "runpod";
      /** Hosts from which outputs given as URLs may be fetched. */
      readonly outputHosts: readonly string[];
      /** Null = the handler is worker-comfyui, which needs no volume. */
      readonly volume: VolumeEnv | null;
    })
  | { readonly kind: "comfyui"; readonly url: string };

/** Where attempts are sent. */
export interface GpuEnv {
  readonly maxInFlight: number;
  /** The first takes what no rule sends elsewhere. */
  readonly backends: readonly [GpuBackendEnv, ...GpuBackendEnv[]];
  readonly rules: readonly GpuRule[];
  /** What becomes of new jobs while their backend is down. */
  readonly whenDown: "refuse" | "hold";
  /** This process's share of RunPod's rate limits, above 0 and at most 1. */
  readonly rateShare: number;
}

/** The kinds that are named, the default one first, with the words that named each. */
export function namedGpuKinds(given: EnvSource): Map<GpuKind, string> {
  const kinds = new Map<GpuKind, string>();
  const chosen = GPU_KINDS.find((kind) => kind === (given["GPU_BACKEND"] || "simulator"));
  if (chosen !== undefined) kinds.set(chosen, `GPU_BACKEND=${chosen} needs it`);
  for (const { kind } of parseGpuRules(given["GPU_RULES"] ?? "") ?? []) {
    if (!kinds.has(kind)) kinds.set(kind, `GPU_RULES names ${kind}, which needs it`);
  }
  return kinds;
}

/** Settings that are fine one by one and not together. */
export function gpuContradictions(given: EnvSource): string[] {
  const kinds = namedGpuKinds(given);
  const problems: string[] = [];
  if (kinds.has("simulator") && kinds.has("runpod")) {
    problems.push(
      "GPU_BACKEND and GPU_RULES name simulator and runpod, which read the same RUNPOD variables: name one of them",
    );
  } else if (kinds.has("simulator") && given["RUNPOD_HANDLER"] === "volume-files") {
    problems.push(
      "RUNPOD_HANDLER=volume-files needs GPU_BACKEND=runpod: the simulator answers as worker-comfyui does",
    );
  }
  return problems;
}

/** The variables a named backend cannot do without. */
export function gpuNeeds(kind: GpuKind, given: EnvSource): readonly string[] {
  switch (kind) {
    case "simulator":
      return ["RUNPOD_BASE_URL", "RUNPOD_API_KEY"];
    case "runpod":
      return given["RUNPOD_HANDLER"] === "volume-files"
        ? ["RUNPOD_ENDPOINT_ID", "RUNPOD_API_KEY", ...VOLUME_NEEDS]
        : ["RUNPOD_ENDPOINT_ID", "RUNPOD_API_KEY"];
    case "comfyui":
      return ["COMFYUI_URL"];
  }
}

const VOLUME_NEEDS = [
  "RUNPOD_VOLUME_ID",
  "RUNPOD_VOLUME_REGION",
  "RUNPOD_VOLUME_ACCESS_KEY_ID",
  "RUNPOD_VOLUME_SECRET_ACCESS_KEY",
] as const;

/** Puts together what {@link gpuNeeds} has found complete. @throws when it was not */
export function readGpuEnv(env: EnvVariables): GpuEnv {
  const rules = env.GPU_RULES ?? [];
  const others = new Set(rules.map(({ kind }) => kind));
  others.delete(env.GPU_BACKEND);
  return {
    maxInFlight: env.GPU_MAX_IN_FLIGHT,
    backends: [readBackend(env.GPU_BACKEND, env), ...[...others].map((k) => readBackend(k, env))],
    rules,
    whenDown: env.GPU_WHEN_DOWN,
    rateShare: env.RUNPOD_RATE_SHARE,
  };
}

function readBackend(kind: GpuKind, env: EnvVariables): GpuBackendEnv {
  switch (kind) {
    case "simulator":
      return {
        kind,
        baseUrl: needed(env.RUNPOD_BASE_URL),
        endpointId: env.RUNPOD_ENDPOINT_ID ?? "simulator",
        apiKey: needed(env.RUNPOD_API_KEY),
      };
    case "runpod":
      return {
        kind,
        baseUrl: env.RUNPOD_BASE_URL ?? "https://api.runpod.ai/v2",
        endpointId: needed(env.RUNPOD_ENDPOINT_ID),
        apiKey: needed(env.RUNPOD_API_KEY),
        outputHosts: env.RUNPOD_OUTPUT_HOSTS ?? [],
        volume: env.RUNPOD_HANDLER === "volume-files" ? readVolume(env) : null,
      };
    case "comfyui":
      return { kind, url: needed(env.COMFYUI_URL) };
  }
}

function readVolume(env: EnvVariables): VolumeEnv {
  const region = needed(env.RUNPOD_VOLUME_REGION);
  return {
    id: needed(env.RUNPOD_VOLUME_ID),
    region,
    endpointUrl:
      env.RUNPOD_VOLUME_ENDPOINT_URL ?? `https://s3api-${region.toLowerCase()}.runpod.io`,
    accessKeyId: needed(env.RUNPOD_VOLUME_ACCESS_KEY_ID),
    secretAccessKey: needed(env.RUNPOD_VOLUME_SECRET_ACCESS_KEY),
  };
}

function needed(value: string | undefined): string {
  if (value === undefined) throw new Error("a needed variable was not checked");
  return value;
}
