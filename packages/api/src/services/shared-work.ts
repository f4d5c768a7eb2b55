/** Work by name: what is under way is not begun again, and only so much is under way at once. */
export interface SharedWork<T> {
  /** The outcome of `task`, or of the one of the same name that waits or runs already. */
  run(name: string, task: () => Promise<T>): Promise<T>;
}

/** Makes an empty workplace; beyond `atOnce` tasks the next ones wait in line, holding nothing. */
export function createSharedWork<T>(atOnce: number): SharedWork<T> {
  const byName = new Map<string, Promise<T>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = async () => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    // Whoever is next takes the place over.
    if (next === undefined) running -= 1;
    else next();
  };
  const begin = async (task: () => Promise<T>): Promise<T> => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
  return {
    run(name, task) {
      const present = byName.get(name);
      if (present !== undefined) return present;
      const work = begin(task).finally(() => byName.delete(name));
      byName.set(name, work);
      return work;
    },
  };
}
