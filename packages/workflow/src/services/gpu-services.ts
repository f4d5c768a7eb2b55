import type { GpuService } from "../contract/gpu-service.ts";
import { SERVICE_VERSIONS as photoRestore } from "./photo-restore/service.ts";
import { SERVICE_VERSIONS as qwenImageEdit } from "./qwen-image-edit/service.ts";

/** Every released service version; of one service the last is its current one. */
export const GPU_SERVICES: readonly GpuService[] = [...qwenImageEdit, ...photoRestore];

/** The current version of a service, `null` when there is no such service. */
export function findGpuService(id: string): GpuService | null {
  return GPU_SERVICES.findLast((service) => service.id === id) ?? null;
}

/** One exact version, such as `qwen-image-edit@1`; `null` when it was never released. */
export function findGpuServiceVersion(version: string): GpuService | null {
  return GPU_SERVICES.find((service) => service.version === version) ?? null;
}
