import type { TypicalRun } from "../../domain/eta.ts";

/** What was learnt of past runs a moment ago, so that not every look at a job learns it anew. */
export interface TypicalRunMemory {
  /** What is remembered under `key`, else what `learn` answers; who asks meanwhile waits for the same. */
  recall(
    key: string,
    o: { readonly now: Date; readonly learn: () => Promise<TypicalRun> },
  ): Promise<TypicalRun>;
}

/** Makes one that remembers for `freshMs`; 0 = for as long as it is being learnt. */
export function createTypicalRunMemory({ freshMs }: { freshMs: number }): TypicalRunMemory {
  const known = new Map<string, { readonly until: number; readonly run: Promise<TypicalRun> }>();
  return {
    recall(key, { now, learn }) {
      const kept = known.get(key);
      if (kept !== undefined && now.getTime() < kept.until) return kept.run;
      const run = learn();
      const entry = { until: now.getTime() + freshMs, run };
      known.set(key, entry);
      run.catch(() => {
        if (known.get(key) === entry) known.delete(key);
      });
      return run;
    },
  };
}
