import {
  createMemoryTables,
  type MemoryTables,
} from "../../src/testing/memory-rows/memory-tables.ts";

/** A map that remembers which rows were written since it was last asked. */
class WatchedMap<Row> extends Map<string, Row> {
  readonly written = new Set<string>();

  override set(key: string, row: Row): this {
    this.written.add(key);
    return super.set(key, row);
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** Tables of which one knows what was written. */
export interface WatchedTables extends MemoryTables {
  /** Jobs written, or of which an attempt was, since the last call. */
  takeWritten(): ReadonlySet<string>;
}

/** Makes empty ones. */
export function createWatchedTables(): WatchedTables {
  const jobs = new WatchedMap<MemoryTables["jobs"] extends Map<string, infer Row> ? Row : never>();
  const attempts = new WatchedMap<
    MemoryTables["attempts"] extends Map<string, infer Row> ? Row : never
  >();
  return {
    ...createMemoryTables(),
    jobs,
    attempts,
    takeWritten() {
      if (jobs.written.size === 0 && attempts.written.size === 0) return NOTHING;
      const written = new Set([...jobs.written, ...attempts.written]);
      jobs.written.clear();
      attempts.written.clear();
      return written;
    },
  };
}
