import type { GpuSettings } from "../../domain/gpu-settings.ts";
import { pollDelayMs, type PollLoad } from "../../domain/retry-policy.ts";

/** One attempt that is about to be asked about again. */
export interface NextPoll {
  readonly attemptId: string;
  readonly submittedAt: Date;
  readonly watched: boolean;
  readonly now: Date;
}

/** Spaces the questions about all attempts of one GPU side, as this process asks them. */
export interface PollPace {
  /** How long to wait until the next question about this one, ms. */
  delayMs(poll: NextPoll, settings: GpuSettings): number;
  /** How many attempts are asked about. */
  load(now: Date): PollLoad;
}

/** An attempt that was not asked about again by then has ended, or another process has it. */
const FORGET_AFTER_MS = 10_000;

/** Makes one that knows of no attempt. */
export function createPollPace(): PollPace {
  const polled = new Map<string, { watched: boolean; untilMs: number }>();

  function load(now: Date): PollLoad {
    const counted = { watched: 0, unwatched: 0 };
    for (const [attemptId, { watched, untilMs }] of polled) {
      if (untilMs < now.getTime()) polled.delete(attemptId);
      else if (watched) counted.watched += 1;
      else counted.unwatched += 1;
    }
    return counted;
  }

  return {
    load,
    delayMs({ attemptId, submittedAt, watched, now }, settings) {
      const note = (delayMs: number) =>
        polled.set(attemptId, { watched, untilMs: now.getTime() + delayMs + FORGET_AFTER_MS });
      // Itself is part of the load.
      note(0);
      const delayMs = pollDelayMs({ submittedAt, watched, now, load: load(now) }, settings);
      note(delayMs);
      return delayMs;
    },
  };
}
