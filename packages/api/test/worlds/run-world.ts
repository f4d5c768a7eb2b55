import type { Fault, FaultCounts } from "./faults.ts";
import { countFault } from "./faults.ts";
import { Violation } from "./check-world.ts";
import type { ServiceRegistry } from "@ob/workflow";
import { createWorld } from "./world.ts";

/** What came of one world. */
export interface WorldReport {
  readonly seed: number;
  readonly steps: number;
  readonly jobs: number;
  /** Jobs by the status they ended with. */
  readonly endings: ReadonlyMap<string, number>;
  readonly faults: FaultCounts;
  /** `status event`, each as often as it happened. */
  readonly moves: ReadonlyMap<string, number>;
  /** What never may happen and did; null = nothing. */
  readonly violation: string | null;
}

/** Everything has ended long before, whatever went wrong. */
const LONGEST_MS = 4 * 3_600_000;

/** Lets every promise that can go on go on, until all of them wait for virtual time. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Runs one world to its end; the same seed is the same world. Stops at the first violation. */
export async function runWorld(seed: number, registry: ServiceRegistry): Promise<WorldReport> {
  const faults: FaultCounts = new Map();
  const moves = new Map<string, number>();
  const endings = new Map<string, number>();
  const world = createWorld({
    seed,
    registry,
    fault: (fault: Fault) => countFault(faults, fault),
    onEvent: (from, event) => {
      const move = `${from} ${event}`;
      moves.set(move, (moves.get(move) ?? 0) + 1);
    },
  });
  let violation: string | null = null;
  try {
    const { scheduler } = world;
    const startMs = scheduler.nowMs;
    while (!world.isOver() && scheduler.step()) {
      if (world.takeStirred()) await settle();
      world.afterStep();
      if (scheduler.nowMs - startMs > LONGEST_MS) throw new Violation("11: it does not end");
    }
    world.afterStep();
    if (!world.isOver()) throw new Violation("11: nothing happens any more, but not all has ended");
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error.message;
  }
  for (const { status } of world.tables.jobs.values()) {
    endings.set(status, (endings.get(status) ?? 0) + 1);
  }
  const { steps } = world.scheduler;
  return { seed, steps, jobs: world.tables.jobs.size, endings, faults, moves, violation };
}
