import type { Log } from "@ob/api";

/** Small tasks after a while, all forgotten when the process drains. */
export interface Later {
  run(ms: number, task: () => Promise<void>): void;
  close(): void;
}

/** Keeps every timer it starts, so that none outlives the process's parts. */
export function createLater(log: Log): Later {
  const timers = new Set<NodeJS.Timeout>();
  return {
    run(ms, task) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        task().catch((cause: unknown) => log.warn("later.failed", { cause }));
      }, ms);
      timers.add(timer);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
