import type { GpuBackend } from "@ob/runpod";
import { type Breaker, type BreakerState, createBreaker } from "./breaker.ts";
import { createPollPace, type PollPace } from "./poll-pace.ts";
import { createSubmitGate, type SubmitGate, type SubmitHold } from "./submit-gate.ts";
import { troubleOf, watchedBackend } from "./watched-backend.ts";
import { createWorkerWatch, type WorkerWatch } from "./worker-watch.ts";

/** How long a probe may take. */
const PROBE_TIMEOUT_MS = 5_000;
/** While a probe is under way, it is asked again so soon. */
const LOOK_AGAIN_MS = 1_000;

/** One GPU backend, and what this process knows of it at this moment. */
export interface GpuSide {
  /** Every exchange with it is seen by the breaker. */
  readonly backend: GpuBackend;
  readonly gate: SubmitGate;
  readonly watch: WorkerWatch;
  readonly polls: PollPace;
  readonly breaker: Pick<Breaker, "state">;
  /** Asks the side how it is, and lets the breaker know. Never throws. */
  probe(signal: AbortSignal): Promise<void>;
}

/** What a side is made of besides its backend. */
export interface GpuSideOptions {
  readonly now: () => Date;
  /** Keeps the submits within the other side's limits. */
  readonly submitHold?: SubmitHold | undefined;
  readonly onBreaker?: ((backend: string, state: BreakerState) => void) | undefined;
}

/** Makes the side of a backend, taken to be up until it shows otherwise. */
export function createGpuSide(given: GpuBackend, options: GpuSideOptions): GpuSide {
  const { now, submitHold, onBreaker } = options;
  const breaker = createBreaker((state) => onBreaker?.(given.name, state));
  const backend = watchedBackend(given, (evidence) => breaker.note(evidence, now()));

  async function probe(signal: AbortSignal): Promise<void> {
    try {
      await given.health(AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]));
      breaker.note({ from: "probe", trouble: null }, now());
    } catch (error) {
      if (signal.aborted) return;
      // Whatever it was: a side that cannot say how it is does not close the breaker.
      breaker.note({ from: "probe", trouble: troubleOf(error) ?? "unreachable" }, now());
    }
  }

  /** No real job finds out whether a side is back: its submit might go unanswered. */
  function breakerHold(at: Date): Date | null {
    if (breaker.beginProbe(at)) void probe(new AbortController().signal);
    const state = breaker.state();
    switch (state.kind) {
      case "closed":
        return null;
      case "open":
        return state.probeAt;
      case "half-open":
        return new Date(at.getTime() + LOOK_AGAIN_MS);
    }
  }

  const holds = submitHold === undefined ? [breakerHold] : [breakerHold, submitHold];
  return {
    backend,
    gate: createSubmitGate(holds),
    watch: createWorkerWatch(backend),
    polls: createPollPace(),
    breaker,
    probe,
  };
}
