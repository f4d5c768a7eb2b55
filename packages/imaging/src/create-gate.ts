/** Runs a task when the gate has room for it: the lanes in turn, each first come first served. */
export type Gate<Lane extends string> = <T>(
  place: { readonly lane: Lane; readonly pixels: number },
  task: () => Promise<T>,
) => Promise<T>;

/** What may be inside the gate at once. */
export interface GateRoom {
  tasks: number;
  /** Of all tasks together; one that is larger by itself runs alone. */
  pixels: number;
}

interface Waiting {
  readonly pixels: number;
  readonly enter: () => void;
}

/**
 * Lets in what there is room for, so that memory stays bounded however many callers wait with however
 * much. Lanes take turns: a crowd in one of them makes the others wait for one task of it, not for all.
 */
export function createGate<Lane extends string>(
  room: GateRoom,
  lanes: readonly Lane[],
): Gate<Lane> {
  const queues = lanes.map((lane): { lane: Lane; waiting: Waiting[] } => ({ lane, waiting: [] }));
  const inside = { tasks: 0, pixels: 0 };
  /** Whose turn it is, when he waits. */
  let turn = 0;

  function queueOnTurn(): number | null {
    for (let step = 0; step < queues.length; step += 1) {
      const at = (turn + step) % queues.length;
      if ((queues[at]?.waiting.length ?? 0) > 0) return at;
    }
    return null;
  }

  function letIn(): void {
    // Only ever the next in line: small ones that overtake would starve a large one.
    for (let at = queueOnTurn(); at !== null; at = queueOnTurn()) {
      const next = queues[at]?.waiting[0];
      if (next === undefined) return;
      const fits = inside.tasks < room.tasks && inside.pixels + next.pixels <= room.pixels;
      if (!fits && inside.tasks > 0) return;
      queues[at]?.waiting.shift();
      turn = (at + 1) % queues.length;
      inside.tasks += 1;
      inside.pixels += next.pixels;
      next.enter();
    }
  }

  function leave(pixels: number): void {
    inside.tasks -= 1;
    inside.pixels -= pixels;
    letIn();
  }

  return ({ lane, pixels }, task) =>
    new Promise((resolve, reject) => {
      const enter = () => {
        task()
          .finally(() => leave(pixels))
          .then(resolve, reject);
      };
      const queue = queues.find((one) => one.lane === lane);
      if (queue === undefined) return reject(new Error(`no lane ${lane}`));
      queue.waiting.push({ pixels, enter });
      return letIn();
    });
}
