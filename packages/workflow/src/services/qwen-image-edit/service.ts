import type { GpuService } from "../../contract/gpu-service.ts";
import { QWEN_IMAGE_EDIT } from "./v1/service.ts";
import { QWEN_IMAGE_EDIT_V2 } from "./v2/service.ts";

/** Where it stands in the catalogue: lower comes first. */
export const CATALOGUE_PLACE = 10;

/** Every released version, oldest first. */
export const SERVICE_VERSIONS: readonly GpuService[] = [QWEN_IMAGE_EDIT, QWEN_IMAGE_EDIT_V2];
