/** Time as the simulator sees it, in ms; a test hands in its own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs `task` once after `ms`. @returns cancels it */
  after(ms: number, task: () => void): () => void;
}

/** The system's clock, `timeScale` times as fast: at 60 a minute of RunPod's rules takes a second. */
export function createSystemClock(timeScale: number): Clock {
  const originMs = Date.now();
  return {
    now: () => originMs + (Date.now() - originMs) * timeScale,
    after(ms, task) {
      // The listening server keeps the process alive, not a 30-minute retention timer.
      const timer = setTimeout(task, ms / timeScale).unref();
      return () => clearTimeout(timer);
    },
  };
}
