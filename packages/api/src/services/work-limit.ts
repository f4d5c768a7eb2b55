/** Lets so much work of one kind go on at once; the rest waits its turn. */
export interface WorkLimit {
  /**
   * Does the work when it is its turn, first come first served. Who is aborted while waiting leaves the
   * queue, its work undone. @throws what the work throws, or the signal's reason
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whether the next work would have to wait. */
  isBusy(): boolean;
}

/** Makes a limit of `atOnce` (1 or more). */
export function createWorkLimit(atOnce: number): WorkLimit {
  const waiting = new Set<() => void>();
  let underWay = 0;

  function takeTurn(signal: AbortSignal | undefined): Promise<void> | undefined {
    signal?.throwIfAborted();
    if (underWay < atOnce) {
      underWay += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(begin);
        reject(signal?.reason);
      };
      const begin = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      waiting.add(begin);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  /** The turn goes on to the next one without ever being free. */
  function passOn(): void {
    const [next] = waiting;
    if (next === undefined) {
      underWay -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    isBusy: () => underWay >= atOnce,
    async run(work, signal) {
      await takeTurn(signal);
      try {
        return await work();
      } finally {
        passOn();
      }
    },
  };
}
