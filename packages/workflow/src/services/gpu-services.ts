import type { GpuService } from "../contract/gpu-service.ts";
import { QWEN_IMAGE_EDIT } from "./qwen-image-edit/v1/service.ts";

/** Every released service version; the last of an id is its current one. */
export const GPU_SERVICES: readonly GpuService[] = [QWEN_IMAGE_EDIT];

/** The current version of a service, `null` when there is no such service. */
export function findGpuService(id: string): GpuService | null {
  return GPU_SERVICES.findLast((service) => service.id === id) ?? null;
}

/** One exact version, such as `qwen-image-edit@1`; `null` when it was never released. */
export function findGpuServiceVersion(version: string): GpuService | null {
  return GPU_SERVICES.find((service) => service.version === version) ?? null;
}
