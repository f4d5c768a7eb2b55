import type { GpuBackend, GpuHealth } from "@ob/runpod";

/** Knows whether a GPU worker is awake, without asking more often than every few seconds. */
export interface WorkerWatch {
  /** False = no worker is ready or running; null = the backend does not say. */
  anyAwake(now: Date, signal: AbortSignal): Promise<boolean | null>;
}

const FRESH_MS = 5_000;

/** Makes a watch over one backend's `/health`. */
export function createWorkerWatch(gpu: Pick<GpuBackend, "health">): WorkerWatch {
  let asked: { at: Date; answer: Promise<boolean | null> } | null = null;
  return {
    anyAwake(now, signal) {
      if (asked === null || now.getTime() - asked.at.getTime() >= FRESH_MS) {
        const answer = gpu.health(signal).then(isAwake, () => null);
        asked = { at: now, answer };
      }
      return asked.answer;
    },
  };
}

function isAwake(health: GpuHealth): boolean {
  return health.ready + health.running > 0;
}
