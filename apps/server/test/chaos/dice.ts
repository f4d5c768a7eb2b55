/** Chance that can be replayed: the same seed throws the same. */
export interface Dice {
  readonly seed: number;
  /** 0 ≤ x < 1. */
  next(): number;
  /** Both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  /** @throws when there is nothing to pick from */
  pick<T>(from: readonly T[]): T;
  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[];
  uuid(): string;
  /** Dice of their own for one part, so that what others throw does not change its throws. */
  fork(name: string): Dice;
}

/** Makes dice (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[int(0, from.length - 1)];
    if (picked === undefined) throw new Error("there is nothing to pick from");
    return picked;
  };
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => int(0, 15).toString(16)).join("");
  return {
    seed,
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    shuffle: (things) =>
      things
        .map((thing) => ({ thing, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ thing }) => thing),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(["8", "9", "a", "b"])}${hex(3)}-${hex(12)}`,
    fork: (name) => createDice(hashOf(`${seed}:${name}`)),
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01_00_01_93) >>> 0;
  return hash;
}
