import { setTimeout as pause } from "node:timers/promises";
import type { Violation } from "./audit.ts";
import type { ChaosStudio, StudioForm } from "./chaos-studio.ts";
import { type ChaosUser, createChaosUser } from "./chaos-user.ts";
import type { Dice } from "./dice.ts";

/** No user waits longer for anything; far beyond what the attempt rules in a hurry allow. */
const PATIENCE_MS = 180_000;

/** What one episode plays on. */
export interface Stage {
  readonly studio: ChaosStudio;
  readonly dice: Dice;
  /** The episode's own; `dice` are made of it. */
  readonly seed: number;
  /** How much of everything: 1 in the shortest form. */
  readonly scale: number;
  readonly users: readonly ChaosUser[];
  /** A new guest. */
  enter(): Promise<ChaosUser>;
  /** Must hold; what does not is told at the end of the episode. */
  demand(holds: boolean, rule: string, facts: { jobId?: string; detail: unknown }): void;
}

/** `n` times as much as the scale says, and once at least. */
export function timesOf({ scale }: { scale: number }, n: number): number {
  return Math.max(1, Math.round(n * scale));
}

/** One way to make a studio suffer. */
export interface Episode {
  readonly name: string;
  /** One sentence for the list. */
  readonly about: string;
  /** How many seeds it uses up, from the one it is given on. @default 1 */
  readonly seeds?: number;
  /** What it is played on, where that is not the usual studio. */
  readonly studio?: StudioForm;
  run(stage: Stage): Promise<void>;
}

export function createStage(o: {
  studio: ChaosStudio;
  dice: Dice;
  seed: number;
  scale: number;
  violations: Violation[];
}): Stage {
  const users: ChaosUser[] = [];
  const { studio, dice, seed, scale } = o;
  return {
    studio,
    dice,
    seed,
    scale,
    users,
    async enter() {
      const own = dice.fork(`user ${users.length}`);
      const { url, counters } = studio;
      const user = await createChaosUser({ url, dice: own, counters, patienceMs: PATIENCE_MS });
      users.push(user);
      return user;
    },
    demand(holds, rule, { jobId, detail }) {
      if (!holds) o.violations.push({ rule, jobId: jobId ?? null, detail: JSON.stringify(detail) });
    },
  };
}

export interface CrowdOptions {
  readonly users: number;
  /** Each orders again until this says that it is enough; asked with how many he has ordered. */
  readonly isEnough: (ordered: number) => boolean;
  /** Of orders that are wished cancelled a moment later. @default 0.1 */
  readonly cancelled?: number;
  /** What somebody waits for to happen: then every order is cancelled while drawn, or has a new photo. */
  readonly awaited?: () => { readonly cancel: boolean; readonly upload: boolean };
  /** What comes over the studio right before an order. */
  readonly beforeOrder?: () => Promise<void>;
  /** Of orders that are sent several times at once. @default 0.2 */
  readonly repeated?: number;
}

/** People at work at the same time. Settles when everybody has seen the end of everything he ordered. */
export interface Crowd {
  readonly done: Promise<void>;
  isDone(): boolean;
}

/** Lets them in. A guest whose credits are spent comes back as a new one. */
export function letWork(stage: Stage, options: CrowdOptions): Crowd {
  let over = false;
  const one = async (n: number) => {
    const dice = stage.dice.fork(`work ${n}`);
    let user = await stage.enter();
    let photo = await user.upload();
    for (let ordered = 0; !options.isEnough(ordered); ordered += 1) {
      const isSpent = user.left() < 3;
      if (isSpent) user = await stage.enter();
      const isAwaited = options.awaited?.().upload === true;
      if (isSpent || dice.chance(0.3) || isAwaited) photo = await user.upload();
      await orderOne({ user, photo, dice, options, studio: stage.studio });
    }
  };
  const done = Promise.all(Array.from({ length: options.users }, (_, n) => one(n))).then(() => {});
  const settled = () => {
    over = true;
  };
  done.then(settled, settled);
  return { done, isDone: () => over };
}

async function orderOne(o: {
  user: ChaosUser;
  photo: string;
  dice: Dice;
  options: CrowdOptions;
  studio: ChaosStudio;
}): Promise<void> {
  const { user, photo, dice, options } = o;
  const times = dice.chance(options.repeated ?? 0.2) ? dice.int(2, 8) : 1;
  const isAwaited = options.awaited?.().cancel === true;
  const cancels = dice.chance(options.cancelled ?? 0.1) || isAwaited;
  const whileDrawn = dice.chance(0.5) || isAwaited;
  // Long enough to be caught in the middle.
  if (cancels && whileDrawn) await o.studio.trouble("slow", 1);
  await options.beforeOrder?.();
  const job = await user.order(photo, { times });
  if (cancels) {
    if (whileDrawn) await user.untilDrawn(job.id);
    else await pause(dice.int(0, 700));
    await user.cancel(job.id);
  }
  await user.follow(job.id);
}

/** Does something again and again, `everyMs` apart, for as long as the crowd works. */
export async function whileAtWork(
  crowd: Crowd,
  everyMs: () => number,
  act: () => Promise<void> | void,
): Promise<void> {
  while (!crowd.isDone()) {
    await Promise.race([pause(everyMs()), crowd.done.catch(() => {})]);
    if (!crowd.isDone()) await act();
  }
  await crowd.done;
}
