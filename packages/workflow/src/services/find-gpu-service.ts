import type { GpuService } from "../contract/gpu-service.ts";
import { GPU_SERVICES } from "./gpu-services.ts";

/** The newest version of a service, `null` when there is no such service. */
export function findGpuService(id: string): GpuService | null {
  return GPU_SERVICES.findLast((service) => service.id === id) ?? null;
}

/** One exact version, such as `qwen-image-edit@1`; `null` when it was never released. */
export function findGpuServiceVersion(version: string): GpuService | null {
  return GPU_SERVICES.find((service) => service.version === version) ?? null;
}
