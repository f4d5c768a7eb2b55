/** Runs a task when one of the gate's places is free, first come first served. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** Lets at most `places` tasks run at once, so that memory stays bounded however many callers wait. */
export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place goes straight to the next in line: a newcomer can never overtake it.
      if (next) next();
      else free += 1;
    }
  };
}
