/** Lets so much work of one kind go on at once; the rest waits its turn. */
export interface WorkLimit {
  /** Does the work when it is its turn, first come first served. @throws what the work throws */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the next work would have to wait. */
  isBusy(): boolean;
}

/** Makes a limit of `atOnce` (1 or more). */
export function createWorkLimit(atOnce: number): WorkLimit {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  async function takeTurn(): Promise<void> {
    if (underWay < atOnce) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The turn goes on to the next one without ever being free. */
  function passOn(): void {
    const next = waiting.shift();
    if (next === undefined) underWay -= 1;
    else next();
  }

  return {
    isBusy: () => underWay >= atOnce,
    async run(work) {
      await takeTurn();
      try {
        return await work();
      } finally {
        passOn();
      }
    },
  };
}
