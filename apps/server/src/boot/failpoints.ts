import { writeSync } from "node:fs";
import { type Failpoint, FAILPOINTS, type ReachFailpoint } from "@ob/api";

/** Where a process is to die: at the `nth` passing of `name`. */
export interface PlannedDeath {
  readonly name: Failpoint;
  /** 1 = the first time. */
  readonly nth: number;
}

/** Reads `name:n` (`:1` may be left out); null = there is no such point or no such number. */
export function parseFailpoint(text: string): PlannedDeath | null {
  const [given = "", times = "1", ...more] = text.split(":");
  const name = FAILPOINTS.find((known) => known === given);
  if (name === undefined || more.length > 0 || !/^[1-9]\d{0,5}$/.test(times)) return null;
  return { name, nth: Number(times) };
}

/**
 * What the services call at each named moment: nothing happens, or, at the planned one, this
 * process is gone as if its machine had lost power: no `finally` and no open transaction gets a word in.
 */
export function createFailpoint(
  planned: PlannedDeath | null,
  die: (at: PlannedDeath) => void = dieAtOnce,
): ReachFailpoint {
  if (planned === null) return () => {};
  let passed = 0;
  return (name) => {
    if (name !== planned.name) return;
    passed += 1;
    if (passed === planned.nth) die(planned);
  };
}

function dieAtOnce({ name, nth }: PlannedDeath): void {
  // Straight to the descriptor: a logger's buffer would die with us.
  writeSync(2, `${JSON.stringify({ level: "error", event: "failpoint.reached", name, nth })}\n`);
  process.kill(process.pid, "SIGKILL");
}
