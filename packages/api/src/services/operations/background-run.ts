/** Work in the background, one run at a time. */
export interface BackgroundRun {
  /** Runs now, or once more after the run that is under way. */
  start(): void;
  /** Resolves when nothing runs any more. */
  settle(): Promise<void>;
}

/** Makes one; `work` must not throw. What is asked for during a run is done by one further run. */
export function createBackgroundRun(work: () => Promise<void>): BackgroundRun {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  const run = async () => {
    do {
      isAskedAgain = false;
      await work();
    } while (isAskedAgain);
    running = null;
  };
  return {
    start() {
      isAskedAgain = running !== null;
      // Begins in a later turn: whoever asks has something better to do now.
      running ??= Promise.resolve().then(run);
    },
    async settle() {
      while (running !== null) await running;
    },
  };
}
