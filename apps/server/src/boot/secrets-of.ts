import type { Env } from "../env.ts";
import type { GpuBackendEnv } from "./gpu-env.ts";

/** Values that must never be in a log line. */
export function secretsOf(env: Env, authSecret: string): string[] {
  const known = [
    authSecret,
    decodeURIComponent(new URL(env.databaseUrl).password),
    ...env.gpu.backends.flatMap(secretsOfBackend),
    env.storage.kind === "s3" ? env.storage.secretAccessKey : "",
    env.rewriter?.apiKey ?? "",
  ];
  return known.filter((value) => value !== "");
}

function secretsOfBackend(backend: GpuBackendEnv): string[] {
  switch (backend.kind) {
    case "simulator":
      return [backend.apiKey];
    case "runpod":
      return [backend.apiKey, backend.volume?.secretAccessKey ?? ""];
    case "comfyui":
      return [decodeURIComponent(new URL(backend.url).password)];
  }
}
