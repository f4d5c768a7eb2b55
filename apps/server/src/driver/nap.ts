/** A sleep that somebody else may end. */
export interface Nap {
  take(ms: number): Promise<void>;
  /** Ends the sleep under way, or the next one before it begins. */
  end(): void;
}

/** Makes a nap for one sleeper. */
export function createNap(): Nap {
  let ended = false;
  let wake: (() => void) | null = null;
  return {
    take: (ms) =>
      new Promise((resolve) => {
        const settle = () => {
          clearTimeout(timer);
          ended = false;
          wake = null;
          resolve();
        };
        const timer = setTimeout(settle, ms);
        wake = settle;
        if (ended) settle();
      }),
    end() {
      ended = true;
      wake?.();
    },
  };
}
