import type { GpuUnavailable } from "./errors.ts";

/** How often and how long a question is asked; what is not ours (time, chance) arrives with it. */
export interface QuestionPace {
  /** Budget of one question, retries and waits included, in ms. */
  httpTimeoutMs: number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
  /** Epoch ms. */
  now: () => number;
}

export type TryOutcome<T> =
  | { kind: "answered"; answer: T }
  | { kind: "failed"; error: GpuUnavailable; again: boolean };

const TRIES = 3;
const FIRST_BACKOFF_MS = 250;

/**
 * Asks a question that is safe to repeat: up to 3 tries within `httpTimeoutMs` altogether,
 * waiting as long as `Retry-After` says or else with a growing, jittered backoff.
 * @throws the last try's error when none was answered, or the wait asked for passes the budget
 * @throws the signal's reason when the caller gave up
 */
export async function retryQuestion<T>(
  pace: QuestionPace,
  tryOnce: (budget: AbortSignal) => Promise<TryOutcome<T>>,
  signal: AbortSignal,
): Promise<T> {
  const startedMs = pace.now();
  const budget = AbortSignal.any([signal, AbortSignal.timeout(pace.httpTimeoutMs)]);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(budget);
    if (outcome.kind === "answered") return outcome.answer;
    signal.throwIfAborted();
    const waitMs = outcome.error.retryAfterMs ?? backoffMs(pace, attempt);
    const leftMs = pace.httpTimeoutMs - (pace.now() - startedMs);
    if (!outcome.again || attempt === TRIES || budget.aborted || waitMs >= leftMs) {
      throw outcome.error;
    }
    await pace.sleep(waitMs, signal);
  }
}

function backoffMs({ random }: QuestionPace, attempt: number): number {
  return FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + random());
}
