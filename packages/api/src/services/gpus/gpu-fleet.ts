import type { GpuBackend } from "@ob/runpod";
import { absentBackend } from "./absent-backend.ts";
import { createSubmitGate, type SubmitGate } from "./submit-gate.ts";
import { createWorkerWatch, type WorkerWatch } from "./worker-watch.ts";

/** One GPU backend, and what this process knows of it at this moment. */
export interface GpuSide {
  readonly backend: GpuBackend;
  readonly gate: SubmitGate;
  readonly watch: WorkerWatch;
}

/** Sends jobs of one service, or of one mode of it, to a backend. */
export interface BackendRule {
  readonly service: string;
  /** Null = every mode. */
  readonly mode: string | null;
  /** Name of a backend of the fleet. */
  readonly backend: string;
}

/** Every GPU backend of this process. */
export interface GpuFleet {
  /** In the order of the configuration; the first takes what no rule sends elsewhere. */
  readonly sides: readonly GpuSide[];
  /** Where a new job goes. */
  choose(job: { readonly service: string; readonly mode: string }): GpuSide;
  /**
   * The backend a row names. One that is configured no longer cannot be reached: its submits are
   * refused unsent and its questions unanswered, until the job's own limits end it.
   */
  side(name: string): GpuSide;
}

/** Builds the fleet. @throws when there is no backend, or a rule names one that is not there */
export function createGpuFleet(o: {
  readonly backends: readonly GpuBackend[];
  /** The first that fits decides. */
  readonly rules?: readonly BackendRule[];
}): GpuFleet {
  const sides = o.backends.map(toSide);
  const [first] = sides;
  if (first === undefined) throw new Error("a fleet needs a GPU backend");
  const byName = new Map(sides.map((side) => [side.backend.name, side]));
  const rules = (o.rules ?? []).map((rule) => {
    const side = byName.get(rule.backend);
    if (side === undefined) throw new Error(`no GPU backend is called ${rule.backend}`);
    return { ...rule, side };
  });
  return {
    sides,
    choose({ service, mode }) {
      const fits = (rule: BackendRule) =>
        rule.service === service && (rule.mode === null || rule.mode === mode);
      return rules.find(fits)?.side ?? first;
    },
    side(name) {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const absent = toSide(absentBackend(name));
      byName.set(name, absent);
      return absent;
    },
  };
}

function toSide(backend: GpuBackend): GpuSide {
  return { backend, gate: createSubmitGate(), watch: createWorkerWatch(backend) };
}
