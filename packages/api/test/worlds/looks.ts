import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { ServerProcess } from "./server-process.ts";
import type { WatchedTables } from "./watch-tables.ts";

const EVERY_MS = 1_000;

/** The claim loops of all processes, without their idle rounds. */
export interface Looks {
  /** Sees to it that somebody looks when the next job is due and free. */
  plan(): void;
}

/** Makes them. Each process would look every second: here one by lot does, within a second of need. */
export function createLooks(o: {
  readonly scheduler: Scheduler;
  readonly tables: WatchedTables;
  readonly random: SeededRandom;
  readonly pick: () => ServerProcess | null;
}): Looks {
  const { scheduler, tables, random } = o;
  let plannedMs = Infinity;

  function nextMs(): number {
    let next = Infinity;
    for (const { dueAt, leaseUntil } of tables.jobs.values()) {
      if (dueAt === null) continue;
      next = Math.min(next, Math.max(dueAt.getTime(), leaseUntil?.getTime() ?? 0));
    }
    return next;
  }

  function plan(): void {
    const dueMs = nextMs();
    if (dueMs === Infinity) return;
    const atMs = Math.max(dueMs, scheduler.nowMs) + random.below(EVERY_MS);
    if (atMs >= plannedMs) return;
    plannedMs = atMs;
    scheduler.after(atMs - scheduler.nowMs, () => {
      if (plannedMs !== atMs) return;
      plannedMs = Infinity;
      o.pick()?.look(null);
      // Nobody was up, or his clock is behind, or his hands are full: somebody looks again.
      scheduler.after(EVERY_MS, plan);
    });
  }

  return { plan };
}
