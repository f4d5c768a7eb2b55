/** Counts requests under way, so that a drain can wait for their cleaning up, not only for their sockets. */
export interface RequestCount {
  /** Call the answer when the request is over. */
  enter(): () => void;
  /** Resolves when none is under way, or after `timeoutMs`. */
  idle(timeoutMs: number): Promise<void>;
}

export function createRequestCount(): RequestCount {
  let underWay = 0;
  const waiting = new Set<() => void>();
  return {
    enter() {
      underWay += 1;
      let over = false;
      return () => {
        if (over) return;
        over = true;
        underWay -= 1;
        if (underWay > 0) return;
        for (const resolve of waiting) resolve();
        waiting.clear();
      };
    },
    idle(timeoutMs) {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}
