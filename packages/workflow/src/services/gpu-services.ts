// Written by commands/list-services.ts from the folders beside it, before every build.
import type { GpuService } from "../contract/gpu-service.ts";
import { SERVICE_VERSIONS as photoRestore } from "./photo-restore/service.ts";
import { SERVICE_VERSIONS as qwenImageEdit } from "./qwen-image-edit/service.ts";

/** Every service version there is, in the catalogue's order; of one service the last is the newest. */
// oxfmt-ignore
export const GPU_SERVICES: readonly GpuService[] = [
  ...qwenImageEdit,
  ...photoRestore,
];
