import { GpuUnauthorized, GpuUnavailable } from "@ob/runpod";

/** Whether the GPU side could not be asked: no network, overload, or our key refused. */
export function isGpuTrouble(thrown: unknown): boolean {
  return thrown instanceof GpuUnavailable || thrown instanceof GpuUnauthorized;
}
