/** What came of some callers repeating one thing for a while. */
export interface Throughput {
  readonly done: number;
  readonly perSecond: number;
}

/** Lets `callers` repeat `once` for `ms`, each beginning anew as soon as it is done. @throws what one throws */
export async function runCallers(o: {
  readonly callers: number;
  readonly ms: number;
  readonly once: (caller: number) => Promise<void>;
}): Promise<Throughput> {
  const startedMs = performance.now();
  const untilMs = startedMs + o.ms;
  let done = 0;
  const repeat = async (caller: number) => {
    while (performance.now() < untilMs) {
      await o.once(caller);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: o.callers }, (_, caller) => repeat(caller)));
  // What was begun in time counts, and so does the time it took to end.
  return { done, perSecond: (done * 1_000) / (performance.now() - startedMs) };
}
