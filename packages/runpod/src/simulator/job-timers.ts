import type { Clock } from "./clock.ts";

/** What is still planned for one job, so that it can be called off together. */
export class JobTimers {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` once after `ms`; a negative time is none. */
  plan(ms: number, task: () => void): void {
    const cancel = this.#clock.after(Math.max(0, ms), () => {
      this.#cancels.delete(cancel);
      task();
    });
    this.#cancels.add(cancel);
  }

  cancelAll(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
