import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";

const run = promisify(execFile);
const SEED = 1;
const worlds = 10_000 * (1 + inject("rounds"));
const LIMIT_MS = 45 * 60_000;

/** What `run-worlds.ts` prints. */
interface Printed {
  worlds: number;
  violations: unknown[];
  unseen: string[];
  endings: Record<string, number>;
}

// One of them again, alone: node --conditions=ob-source test/worlds/run-worlds.ts --worlds 1 --seed <seed>
test(
  `in ${worlds} worlds full of faults no invariant is ever broken, and everything ends (seeds from ${SEED})`,
  { timeout: LIMIT_MS },
  async () => {
    const script = join(import.meta.dirname, "run-worlds.ts");
    const asked = ["--worlds", String(worlds), "--seed", String(SEED)];
    const { stdout } = await run(process.execPath, ["--conditions=ob-source", script, ...asked], {
      maxBuffer: 64 * 1024 * 1024,
    }).catch((failed: { stdout?: string; stderr?: string }) => {
      // It ends with 1 when it found something, and has said what.
      if (failed.stdout) return { stdout: failed.stdout };
      throw new Error(failed.stderr ?? "the worlds did not run");
    });
    const printed: Printed = JSON.parse(stdout);
    expect(printed.violations.slice(0, 20)).toEqual([]);
    expect(printed.unseen).toEqual([]);
    expect(printed.worlds).toBe(worlds);
    expect(Object.keys(printed.endings).toSorted()).toEqual(["cancelled", "done", "failed"]);
  },
);
