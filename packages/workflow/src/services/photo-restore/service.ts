import type { GpuService } from "../../contract/gpu-service.ts";
import { PHOTO_RESTORE } from "./v1/service.ts";

/** Where it stands in the catalogue: lower comes first. */
export const CATALOGUE_PLACE = 20;

/** Every released version, oldest first. */
export const SERVICE_VERSIONS: readonly GpuService[] = [PHOTO_RESTORE];
