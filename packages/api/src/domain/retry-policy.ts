import type { GpuSettings } from "./gpu-settings.ts";

/** What a refused submit means for the job. */
export interface RefusalVerdict {
  /** `retry` at no cost of a try, `give-up` at once. */
  readonly then: "retry" | "give-up";
  /** Whether an operator must be told: our key, endpoint or request is wrong. */
  readonly alert: boolean;
  /** Whether other submits should hold back too. */
  readonly pausesAll: boolean;
}

/** Reads the status of a refused `/run`; null = it failed before any byte was sent. */
export function judgeRefusal(status: number | null): RefusalVerdict {
  if (status === null || status === 429) return { then: "retry", alert: false, pausesAll: true };
  if (status === 401 || status === 403 || status === 404) {
    return { then: "retry", alert: true, pausesAll: true };
  }
  return { then: "give-up", alert: true, pausesAll: false };
}

/** Longest backoff of our own, without a `Retry-After`. */
export const MAX_BACKOFF_MS = 60_000;
/** The longest wait we take from the other side, ms: a mistaken date must not stop us for good. */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * How long to wait before the next try: what the other side asked for, up to five minutes, else a doubling backoff
 * spread by `random` in [0, 1) over half to the whole of it. Milliseconds.
 */
export function retryDelayMs(r: {
  /** 0 for the first retry. */
  failures: number;
  retryAfterMs: number | null;
  random: number;
  settings: GpuSettings;
}): number {
  if (r.retryAfterMs !== null) return Math.min(MAX_RETRY_AFTER_MS, Math.max(0, r.retryAfterMs));
  const whole = Math.min(MAX_BACKOFF_MS, r.settings.backoffMs * 2 ** Math.min(r.failures, 16));
  return Math.round(whole / 2 + (whole / 2) * r.random);
}

/** How long a wrong key or endpoint is left alone before it is tried again, ms. */
export const UNAUTHORIZED_WAIT_MS = 30_000;

/** Attempts one process asks one GPU side about, each at its own pace. */
export interface PollLoad {
  readonly watched: number;
  readonly unwatched: number;
}

/** However many are watched, the others keep the rest. */
const WATCHED_SHARE = 0.8;

/**
 * How long to wait between two `/status` of one attempt, ms: fast while somebody watches, and longer
 * the more attempts there are (`load`, this one included), so that all of them together never ask
 * more often than `pollsPerSecond`. Those nobody watches give way first.
 */
export function pollDelayMs(
  r: { submittedAt: Date; watched: boolean; now: Date; load: PollLoad },
  settings: GpuSettings,
): number {
  const { load } = r;
  const mostWatched = settings.pollsPerSecond * WATCHED_SHARE;
  const watchedMs = Math.max(settings.watchedPollMs, (load.watched / mostWatched) * 1_000);
  if (r.watched) return Math.ceil(watchedMs);
  const ageMs = r.now.getTime() - r.submittedAt.getTime();
  const usualMs = ageMs > settings.oldAfterMs ? settings.oldPollMs : settings.unwatchedPollMs;
  const left = settings.pollsPerSecond - (load.watched / watchedMs) * 1_000;
  return Math.ceil(Math.max(usualMs, (load.unwatched / left) * 1_000));
}

const FIRST_FIND_MS = 2_000;
const LONGEST_FIND_MS = 15_000;

/**
 * How long to wait before a side that can tell is asked again whether it has an attempt that was not
 * answered, ms: soon at first, rarer the longer ago it was sent.
 */
export function findDelayMs(sentAt: Date, now: Date): number {
  const thirdMs = (now.getTime() - sentAt.getTime()) / 3;
  return Math.round(Math.min(LONGEST_FIND_MS, Math.max(FIRST_FIND_MS, thirdMs)));
}

/** The last in a long backlog looks as rarely as this; a slot that becomes free wakes the first anyway. */
const MAX_SLOT_WAIT_MS = 5 * 60_000;

/**
 * How long a job waits for a free slot, ms: the nearer to the front, the sooner it looks again. A
 * backlog of 10,000 looks some 60 times a second altogether.
 */
export function slotWaitMs(queuedAhead: number): number {
  return Math.min(MAX_SLOT_WAIT_MS, 1_000 + 250 * queuedAhead);
}
