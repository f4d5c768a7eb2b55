import { type ProcessCost, readProcessCost, readTreeCost } from "./process-cost.ts";
import type { Throughput } from "./run-callers.ts";

/** One round: how much was done, and what one of it cost. */
export interface RoundCost extends Throughput {
  /** CPU of the process that serves, per lifecycle; NaN where there is no /proc. */
  readonly serverCpuMs: number;
  /** CPU of PostgreSQL with all its backends, per lifecycle. */
  readonly databaseCpuMs: number;
}

/** Runs something and shares out the CPU that server and database used meanwhile. */
export async function measureCost(
  pids: { readonly server: number; readonly database: number },
  run: () => Promise<Throughput>,
): Promise<RoundCost> {
  const before = await readBoth(pids);
  const throughput = await run();
  const after = await readBoth(pids);
  const share = (end: ProcessCost | null, start: ProcessCost | null) =>
    end === null || start === null ? Number.NaN : (end.cpuMs - start.cpuMs) / throughput.done;
  return {
    ...throughput,
    serverCpuMs: share(after.server, before.server),
    databaseCpuMs: share(after.database, before.database),
  };
}

async function readBoth(pids: { server: number; database: number }) {
  const [server, database] = await Promise.all([
    readProcessCost(pids.server),
    readTreeCost(pids.database),
  ]);
  return { server, database };
}
