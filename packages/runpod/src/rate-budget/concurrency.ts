/** Places for requests under way at once. */
export interface Concurrency {
  readonly taken: number;
  /** Takes a place, first come first served. @throws the signal's reason when it aborts first */
  enter(signal: AbortSignal | null): Promise<void>;
  /** Takes a place whatever the limit says. */
  force(): void;
  leave(): void;
}

/** Makes `limit` free places. */
export function createConcurrency(limit: number): Concurrency {
  const waiting = new Set<() => void>();
  let taken = 0;

  function waitForPlace(signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(take);
        reject(signal?.reason instanceof Error ? signal.reason : new Error("given up"));
      };
      const take = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      waiting.add(take);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    get taken() {
      return taken;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      if (taken < limit) taken += 1;
      else await waitForPlace(signal);
    },
    force() {
      taken += 1;
    },
    leave() {
      const [next] = waiting;
      if (next === undefined || taken > limit) {
        taken -= 1;
        return;
      }
      // The place goes on to the next one without ever being free.
      waiting.delete(next);
      next();
    },
  };
}
