import type { GpuBackend } from "@ob/runpod";
import { type Breaker, createBreaker, type GpuEvidence, type GpuTrouble } from "./breaker.ts";
import { type BringBackoff, createBringBackoff } from "./bring-backoff.ts";
import { createPollPace, type PollPace } from "./poll-pace.ts";
import { createSubmitGate, type SubmitGate, type SubmitHold } from "./submit-gate.ts";
import { createSlotReservations, type SlotReservations } from "./slot-reservations.ts";
import { troubleOf, watchedBackend } from "./watched-backend.ts";
import { createWorkerWatch, type WorkerWatch } from "./worker-watch.ts";

/** How long a probe may take. */
const PROBE_TIMEOUT_MS = 5_000;
/** A side that is up and silent is asked so often; one whose last exchange failed, sooner. */
const IDLE_MS = 10_000;
const SUSPECT_MS = 2_000;
/** While a probe is under way, it is asked again so soon. */
const LOOK_AGAIN_MS = 1_000;

/** One GPU backend, and what this process knows of it at this moment. */
export interface GpuSide {
  /** Every exchange with it is seen by the breaker. */
  readonly backend: GpuBackend;
  readonly gate: SubmitGate;
  readonly watch: WorkerWatch;
  readonly polls: PollPace;
  readonly slots: SlotReservations;
  readonly bringing: BringBackoff;
  readonly breaker: Pick<Breaker, "state">;
  /** Asks the side how it is, and lets the breaker know. */
  probe(signal: AbortSignal): Promise<void>;
  /** The same, but only when it is down and its next probe is due, or nothing was heard of it for a while. */
  probeIfDue(signal: AbortSignal): Promise<void>;
}

/** What a side is made of besides its backend. */
export interface GpuSideOptions {
  readonly now: () => Date;
  /** Keeps the submits within the other side's limits. */
  readonly submitHold?: SubmitHold | undefined;
  /** News of the backend; null = it works again. */
  readonly onBreaker?: ((backend: string, cause: GpuTrouble | null) => void) | undefined;
}

/** Makes the side of a backend, taken to be up until it shows otherwise. */
export function createGpuSide(given: GpuBackend, options: GpuSideOptions): GpuSide {
  const { now, submitHold, onBreaker } = options;
  const breaker = createBreaker({
    onClosed: () => gate.forget(breakerHold),
    onNews: (cause) => onBreaker?.(given.name, cause),
  });
  let isProbing = false;
  let heard: { at: Date; evidence: GpuEvidence } | null = null;
  const note = (evidence: GpuEvidence) => {
    heard = { at: now(), evidence };
    const wasOnProbation = breaker.isOnProbation();
    breaker.note(evidence, heard.at);
    if (wasOnProbation && !breaker.isOnProbation()) gate.forget(breakerHold);
  };
  let submitsUnderWay = 0;
  const watched = watchedBackend(given, note);
  const backend: GpuBackend = {
    ...watched,
    async submit(attempt, submitOptions) {
      submitsUnderWay += 1;
      try {
        return await watched.submit(attempt, submitOptions);
      } finally {
        submitsUnderWay -= 1;
      }
    },
  };

  async function probe(signal: AbortSignal): Promise<void> {
    try {
      await given.health(AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]));
      note({ from: "probe", trouble: null });
    } catch (error) {
      if (signal.aborted) return;
      // Whatever it was: a side that cannot say how it is does not close the breaker.
      note({ from: "probe", trouble: troubleOf(error) ?? "unreachable" });
    }
  }

  function isProbeDue(): boolean {
    if (breaker.state().kind !== "closed") return breaker.beginProbe(now());
    if (isProbing) return false;
    const silentMs =
      heard === null ? Number.POSITIVE_INFINITY : now().getTime() - heard.at.getTime();
    return silentMs >= (heard?.evidence.trouble == null ? IDLE_MS : SUSPECT_MS);
  }

  /** No real job finds out whether a side is back: its submit might go unanswered. */
  function breakerHold(at: Date, placesTaken: number): Date | null {
    if (breaker.beginProbe(at)) void probe(new AbortController().signal);
    const state = breaker.state();
    switch (state.kind) {
      case "closed":
        // Whether submits work again one of them finds out, not all of them at once.
        return breaker.isOnProbation() && placesTaken + submitsUnderWay > 0
          ? new Date(at.getTime() + LOOK_AGAIN_MS)
          : null;
      case "open":
        return state.probeAt;
      case "half-open":
        return new Date(at.getTime() + LOOK_AGAIN_MS);
    }
  }

  const gate = createSubmitGate({
    always: [breakerHold],
    onEntry: submitHold === undefined ? [] : [submitHold],
  });
  return {
    backend,
    gate,
    watch: createWorkerWatch(backend),
    polls: createPollPace(),
    slots: createSlotReservations(),
    bringing: createBringBackoff(),
    breaker,
    probe,
    async probeIfDue(signal) {
      if (!isProbeDue()) return;
      isProbing = true;
      await probe(signal).finally(() => {
        isProbing = false;
      });
    },
  };
}
