interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time: what is to happen, in the order of its moments. Nothing waits for real. */
export interface Scheduler {
  readonly nowMs: number;
  /** Runs after `delayMs`; of the same moment, the earlier given comes first. */
  after(delayMs: number, run: () => void): void;
  /** Goes to the next moment and lets it happen. False: nothing is left. */
  step(): boolean;
  /** Moments so far. */
  readonly steps: number;
}

/** Makes one that stands at `startMs`. */
export function createScheduler(startMs: number): Scheduler {
  const heap: Entry[] = [];
  let nowMs = startMs;
  let given = 0;
  let steps = 0;
  return {
    get nowMs() {
      return nowMs;
    },
    get steps() {
      return steps;
    },
    after(delayMs, run) {
      given += 1;
      push(heap, { atMs: nowMs + Math.max(0, Math.round(delayMs)), order: given, run });
    },
    step() {
      const next = pop(heap);
      if (next === undefined) return false;
      steps += 1;
      nowMs = next.atMs;
      next.run();
      return true;
    },
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || isBefore(parent, entry)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    let child = heap[down];
    if (child === undefined) break;
    const right = heap[down + 1];
    if (right !== undefined && isBefore(right, child)) {
      child = right;
      down += 1;
    }
    if (isBefore(last, child)) break;
    heap[at] = child;
    at = down;
  }
  heap[at] = last;
  return first;
}
