/** Draws by lot; the same seed draws the same for ever. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** An integer from 0 to `below` - 1. */
  below(below: number): number;
  /** In [`from`, `to`), a whole number. */
  between(from: number, to: number): number;
  /** @throws when there is nothing to choose from */
  pick<Item>(items: readonly Item[]): Item;
  /** Chooses by weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** One that draws on its own, named so that others draw the same as without it. */
  fork(name: string): SeededRandom;
}

/** Makes one; mulberry32. @see https://github.com/cprosche/mulberry32 */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    between: (from, to) => from + below(to - from),
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to choose from");
      return item;
    },
    weighted: (weights) => pickWeighted(weights, next()),
    fork(name) {
      let mixed = seed | 0;
      for (const char of name) mixed = Math.imul(mixed ^ char.charCodeAt(0), 0x01000193);
      return createSeededRandom(mixed ^ (mixed >>> 13));
    },
  };
}

function pickWeighted<Name extends string>(
  weights: Readonly<Record<Name, number>>,
  drawn: number,
): Name {
  const names = namesOf(weights);
  let left = drawn * names.reduce((sum, name) => sum + weights[name], 0);
  for (const name of names) {
    left -= weights[name];
    if (left < 0) return name;
  }
  const last = names.at(-1);
  if (last === undefined) throw new Error("nothing to choose from");
  return last;
}

/** The keys of a record whose keys are all known: nobody adds others to it. */
function namesOf<Name extends string>(record: Readonly<Record<Name, number>>): Name[] {
  const isName = (key: string): key is Name => Object.hasOwn(record, key);
  return Object.keys(record).filter(isName);
}
