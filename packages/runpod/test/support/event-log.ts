import { z } from "zod";

/** Collects log lines and lets a test wait for one instead of for time. */
export interface EventLog {
  log: (line: object) => void;
  lines: readonly object[];
  /** Resolves with the `count`-th line that has all of `fields`, also if it was there before. */
  seen(fields: Record<string, unknown>, count?: number): Promise<object>;
}

export function createEventLog(): EventLog {
  const lines: object[] = [];
  const waiters = new Set<() => void>();

  function matches(line: object, fields: Record<string, unknown>): boolean {
    const entries = new Map<string, unknown>(Object.entries(line));
    return Object.entries(fields).every(([key, value]) => entries.get(key) === value);
  }

  return {
    lines,
    log(line) {
      lines.push(line);
      for (const check of waiters) check();
    },
    seen(fields, count = 1) {
      return new Promise((resolve) => {
        const check = (): void => {
          const line = lines.filter((each) => matches(each, fields))[count - 1];
          if (line === undefined) return;
          waiters.delete(check);
          resolve(line);
        };
        waiters.add(check);
        check();
      });
    },
  };
}

const Started = z.object({ event: z.literal("job.started"), id: z.string(), end: z.string() });

/** Whether a started job is to end well: only then does its worker draw. */
export function willDraw(events: EventLog, id: string): boolean {
  const started = events.lines.flatMap((line) => {
    const read = Started.safeParse(line);
    return read.success && read.data.id === id ? [read.data] : [];
  });
  return started.at(-1)?.end === "ok";
}
