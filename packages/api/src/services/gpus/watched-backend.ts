import { type GpuBackend, GpuUnauthorized, GpuUnavailable, type SubmitOutcome } from "@ob/runpod";
import type { GpuEvidence, GpuTrouble } from "./breaker.ts";

/** Hears what an exchange proved; of one that proved nothing it does not hear. */
export type NoteEvidence = (evidence: GpuEvidence) => void;

/**
 * The same backend, each exchange of which tells what it proved about the GPU side. Bringing and
 * fetching pictures tells nothing: they may lie elsewhere.
 */
export function watchedBackend(backend: GpuBackend, note: NoteEvidence): GpuBackend {
  async function ask<T>(from: GpuEvidence["from"], signal: AbortSignal, call: () => Promise<T>) {
    try {
      const answer = await call();
      note({ from, trouble: null });
      return answer;
    } catch (error) {
      const trouble = signal.aborted ? undefined : troubleOf(error);
      if (trouble !== undefined) note({ from, trouble });
      throw error;
    }
  }
  return {
    ...backend,
    async submit(attempt, options) {
      const outcome = await backend.submit(attempt, options);
      const trouble = options.signal.aborted ? undefined : troubleOfSubmit(outcome);
      if (trouble !== undefined) note({ from: "submit", trouble });
      return outcome;
    },
    report: (id, signal) => ask("question", signal, () => backend.report(id, signal)),
    cancel: (id, signal) => ask("question", signal, () => backend.cancel(id, signal)),
    health: (signal) => ask("question", signal, () => backend.health(signal)),
  };
}

/** Undefined = it proves nothing about the side. */
function troubleOfSubmit(outcome: SubmitOutcome): GpuTrouble | null | undefined {
  switch (outcome.kind) {
    case "accepted":
      return null;
    case "unanswered":
      return "unanswered";
    case "refused":
      // Our own clock ran out before a byte left: nothing is wrong with the other side.
      if (outcome.status === null)
        return outcome.reason === "never sent" ? undefined : "unreachable";
      if (outcome.status === 429) return undefined;
      return isRefusalOfUs(outcome.status) ? "unauthorized" : null;
  }
}

/** Undefined = it proves nothing about the side. Also reads what a probe threw. */
export function troubleOf(error: unknown): GpuTrouble | undefined {
  if (error instanceof GpuUnauthorized) return "unauthorized";
  if (!(error instanceof GpuUnavailable)) return undefined;
  const { status } = error;
  if (status === null) return "unreachable";
  // Asked too often, or asked for something it does not like: it is there.
  return status >= 400 && status < 500 ? undefined : "failing";
}

function isRefusalOfUs(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}
