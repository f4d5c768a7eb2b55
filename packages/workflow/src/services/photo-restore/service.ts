import type { GpuService } from "../../contract/gpu-service.ts";
import { PHOTO_RESTORE } from "./v1/service.ts";

/** Every released version, oldest first. */
export const SERVICE_VERSIONS: readonly GpuService[] = [PHOTO_RESTORE];
