/** Wakes those who wait for one thing, by its id. */
export interface News {
  ring(id: string): void;
  listen(id: string): {
    /** Resolves at the next ring, at once for one that was missed, or when the signal says so. */
    next(signal: AbortSignal): Promise<void>;
    close(): void;
  };
}

/** Makes one in memory. */
export function createNews(): News {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(id) {
      for (const wake of listeners.get(id) ?? []) wake();
    },
    listen(id) {
      let rung = Promise.withResolvers<void>();
      const wake = () => rung.resolve();
      const those = listeners.get(id) ?? new Set();
      listeners.set(id, those.add(wake));
      return {
        async next(signal) {
          const leave = () => rung.resolve();
          signal.addEventListener("abort", leave, { once: true });
          if (signal.aborted) leave();
          await rung.promise;
          signal.removeEventListener("abort", leave);
          rung = Promise.withResolvers();
        },
        close: () => void those.delete(wake),
      };
    },
  };
}
