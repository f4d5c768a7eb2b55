/** What was read a moment ago, by key, so that not every call reads it anew. */
export interface ShortMemory<Value> {
  /** What is remembered under `key`, else what `read` answers; who asks meanwhile waits for the same. */
  recall(
    key: string,
    o: { readonly now: Date; readonly read: () => Promise<Value> },
  ): Promise<Value>;
}

/**
 * Makes one that remembers for `freshMs` from when a reading began; 0 = anew each time. What failed is
 * not remembered.
 */
export function createShortMemory<Value>({ freshMs }: { freshMs: number }): ShortMemory<Value> {
  const known = new Map<string, { readonly untilMs: number; readonly value: Promise<Value> }>();
  return {
    recall(key, { now, read }) {
      const kept = known.get(key);
      if (kept !== undefined && now.getTime() < kept.untilMs) return kept.value;
      const entry = { untilMs: now.getTime() + freshMs, value: read() };
      known.set(key, entry);
      entry.value.catch(() => {
        if (known.get(key) === entry) known.delete(key);
      });
      return entry.value;
    },
  };
}
