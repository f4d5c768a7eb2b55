import type { GpuFleet, Log } from "@ob/api";

/** Looks after the GPU backends while no job does. */
export interface GpuWatch {
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Asks each backend how it is when nobody else has for a while, and more often while it is down, so
 * that a breaker opens before a job finds out and closes as soon as the backend is back.
 */
export function startGpuWatch(gpus: GpuFleet, log: Log): GpuWatch {
  const closed = new AbortController();
  const probing = new Set<Promise<void>>();
  const look = () => {
    for (const side of gpus.sides) {
      const probe = side
        .probeIfDue(closed.signal)
        .catch((cause: unknown) => log.error("gpu.watch-failed", { cause }))
        .finally(() => probing.delete(probe));
      probing.add(probe);
    }
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
      closed.abort();
      await Promise.all(probing);
    },
  };
}
