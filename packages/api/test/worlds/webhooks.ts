import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Fault } from "./faults.ts";
import type { GpuTruth, TrueRun } from "./gpu-truth.ts";
import type { Scheduler } from "./scheduler.ts";
import type { ServerProcess } from "./server-process.ts";

export interface BellOptions {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly truth: () => GpuTruth;
  readonly server: () => ServerProcess | null;
  readonly fault: (fault: Fault) => void;
}

/** RunPod's own bell, and now and then somebody else at the door. */
export function ringBell(o: BellOptions, run: TrueRun): void {
  const { random, scheduler } = o;
  o.server()?.ring(run.token, run.id);
  if (!random.chance(0.35)) return;
  scheduler.after(random.below(120_000), () => forge(o, run));
}

function forge({ random, truth, server, fault }: BellOptions, run: TrueRun): void {
  const others = truth().runs.filter(({ filePrefix }) => filePrefix !== run.filePrefix);
  if (others.length === 0 || random.chance(0.4)) {
    fault("webhook: forged");
    server()?.ring(random.chance(0.5) ? "a token nobody was given" : run.token, "run-forged");
    return;
  }
  fault("webhook: of another's id");
  const other = random.pick(others);
  // Whoever knows a token names whatever id he likes, also of a run that has ended.
  server()?.ring(other.token, run.id);
  server()?.ring(run.token, other.id);
}
