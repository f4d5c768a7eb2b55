import type { GpuBackend } from "@ob/runpod";
import { absentBackend } from "./absent-backend.ts";
import type { GpuTrouble } from "./breaker.ts";
import { createGpuSide, type GpuSide } from "./gpu-side.ts";
import type { SubmitHold } from "./submit-gate.ts";

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
  readonly sides: readonly [GpuSide, ...GpuSide[]];
  /** Where a new job goes. */
  choose(job: { readonly service: string; readonly mode: string }): GpuSide;
  /**
   * The backend a row names. One that is configured no longer cannot be reached: its submits are
   * refused unsent and its questions unanswered, until the job's own limits end it.
   */
  side(name: string): GpuSide;
  /** Whether nothing is to be hoped from this backend for the moment; one that is configured no longer is down. */
  isDown(name: string): boolean;
  /** When a backend that is down may be known to be back, at the earliest. */
  backAt(name: string): Date;
  /** What becomes of new jobs for a backend that is down: refused, or taken and held until it is back. */
  readonly whenDown: "refuse" | "hold";
}

export interface GpuFleetOptions {
  readonly backends: readonly GpuBackend[];
  /** The first that fits decides. */
  readonly rules?: readonly BackendRule[];
  /** @default "refuse" */
  readonly whenDown?: "refuse" | "hold";
  /** @default the system's clock */
  readonly now?: () => Date;
  /** By the name of a backend: what keeps its submits within the other side's limits. */
  readonly submitHolds?: ReadonlyMap<string, SubmitHold>;
  /** Told why a backend is down, once and again when the cause becomes another; null = it works again. */
  readonly onBreaker?: (backend: string, cause: GpuTrouble | null) => void;
}

/** Builds the fleet. @throws when there is no backend, two bear one name, or a rule names one that is not there */
export function createGpuFleet(o: GpuFleetOptions): GpuFleet {
  const { onBreaker, now = () => new Date() } = o;
  const sideOf = (backend: GpuBackend) => {
    const submitHold = o.submitHolds?.get(backend.name);
    return createGpuSide(backend, { now, submitHold, onBreaker });
  };
  const [first, ...others] = o.backends.map(sideOf);
  if (first === undefined) throw new Error("a fleet needs a GPU backend");
  const byName = new Map<string, GpuSide>();
  for (const side of [first, ...others]) {
    const { name } = side.backend;
    if (byName.has(name)) throw new Error(`two GPU backends are called ${name}`);
    byName.set(name, side);
  }
  const rules = (o.rules ?? []).map((rule) => {
    const side = byName.get(rule.backend);
    if (side === undefined) throw new Error(`no GPU backend is called ${rule.backend}`);
    return { ...rule, side };
  });
  const absent = new Map<string, GpuSide>();
  return {
    sides: [first, ...others],
    whenDown: o.whenDown ?? "refuse",
    choose({ service, mode }) {
      const fits = (rule: BackendRule) =>
        rule.service === service && (rule.mode === null || rule.mode === mode);
      return rules.find(fits)?.side ?? first;
    },
    side(name) {
      const known = byName.get(name) ?? absent.get(name);
      if (known !== undefined) return known;
      const side = createGpuSide(absentBackend(name), { now });
      absent.set(name, side);
      return side;
    },
    isDown: (name) => byName.get(name)?.breaker.state().kind !== "closed",
    backAt(name) {
      const state = byName.get(name)?.breaker.state();
      return state === undefined || state.kind === "closed" ? now() : state.probeAt;
    },
  };
}
