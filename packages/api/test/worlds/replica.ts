import { RowRefused } from "../../src/testing/memory-rows/row-refused.ts";
import type { Failpoint } from "../../src/services/failpoint.ts";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Fault } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

/** This process died here. */
export class Died extends Error {
  override readonly name = "Died";
}

/** How a call to another machine goes. */
export interface CallOptions {
  /** Until the other machine has it. */
  readonly delayMs: number;
  /** Until its answer is here, after that. @default 0 */
  readonly answerMs?: number;
}

/** One simulated process: what it has under way dies with it. */
export interface Replica {
  readonly name: string;
  readonly isAlive: boolean;
  /** Its own clock, which may be wrong. */
  now(): Date;
  /**
   * Calls another machine. What arrived there happens even when we die meanwhile; its answer then
   * reaches nobody: the promise stays open for ever, as a dead process's does.
   */
  call<Answer>(options: CallOptions, act: () => Answer | Promise<Answer>): Promise<Answer>;
  /** Later, in this process: not while it is paused, and never once it is dead. */
  later(delayMs: number, act: () => void): void;
  /** Nothing of this process moves for so long; other machines go on. */
  pause(ms: number): void;
  readonly pausedUntilMs: number;
  die(): void;
  /** Dies here, by lot. @throws {Died} */
  failpoint(name: Failpoint): void;
}

export interface ReplicaOptions {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly skewMs: number;
  readonly crashChance: () => number;
  readonly fault: (fault: Fault) => void;
  readonly onDeath: () => void;
  /** Something that waited here goes on now. */
  readonly onStir: () => void;
  /** The database refused what no code of ours should ask. */
  readonly onRefusal: (refused: RowRefused) => void;
}

/** Starts one. */
export function createReplica(o: ReplicaOptions): Replica {
  const { scheduler, random } = o;
  let alive = true;
  let pausedUntilMs = 0;

  function later(delayMs: number, act: () => void): void {
    scheduler.after(delayMs, () => {
      if (!alive) return;
      if (scheduler.nowMs < pausedUntilMs) later(pausedUntilMs - scheduler.nowMs, act);
      else act();
    });
  }

  function die(): void {
    if (!alive) return;
    alive = false;
    o.onDeath();
  }

  return {
    name: o.name,
    get isAlive() {
      return alive;
    },
    get pausedUntilMs() {
      return pausedUntilMs;
    },
    now: () => new Date(scheduler.nowMs + o.skewMs),
    call({ delayMs, answerMs = 0 }, act) {
      return new Promise((resolve, reject) => {
        if (!alive) return;
        scheduler.after(delayMs, () => {
          // What a process sends in its last moment arrives, or does not.
          if (!alive && random.chance(0.5)) return;
          o.onStir();
          const answer = attempt(act, o.onRefusal);
          // Nobody hears of it once the process is dead.
          answer.catch(() => {});
          const deliver = () => {
            o.onStir();
            void answer.then(resolve, reject);
          };
          if (answerMs === 0 && alive && scheduler.nowMs >= pausedUntilMs) deliver();
          else later(answerMs, deliver);
        });
      });
    },
    later,
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, scheduler.nowMs + ms);
    },
    die,
    failpoint(name) {
      if (!alive) throw new Died(name);
      if (!random.chance(o.crashChance())) return;
      o.fault(`crash: ${name}`);
      die();
      throw new Died(name);
    },
  };
}

async function attempt<Answer>(
  act: () => Answer | Promise<Answer>,
  onRefusal: (refused: RowRefused) => void,
): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RowRefused) onRefusal(error);
    throw error;
  }
}
