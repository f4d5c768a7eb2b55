import { type ProcessCost, readProcessCost, readTreeCost } from "../process-cost.ts";

/** What a process used at one moment of a run. */
export interface ProcessSample extends ProcessCost {
  readonly atMs: number;
}

const EVERY_MS = 2_000;

/** Notes CPU and memory of some processes every two seconds. */
export function watchProcesses(
  pids: Readonly<Record<string, { readonly pid: number; readonly tree: boolean }>>,
): { stop(): ReadonlyMap<string, readonly ProcessSample[]> } {
  const samples = new Map<string, ProcessSample[]>(Object.keys(pids).map((name) => [name, []]));
  const startedMs = performance.now();
  const take = async () => {
    for (const [name, { pid, tree }] of Object.entries(pids)) {
      const cost = tree ? await readTreeCost(pid) : await readProcessCost(pid);
      const atMs = performance.now() - startedMs;
      if (cost !== null) samples.get(name)?.push({ ...cost, atMs });
    }
  };
  void take();
  const timer = setInterval(() => void take(), EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return samples;
    },
  };
}
