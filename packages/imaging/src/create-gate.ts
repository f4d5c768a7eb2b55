/** Runs a task when the gate has room for it, first come first served. */
export type Gate = <T>(pixels: number, task: () => Promise<T>) => Promise<T>;

/** What may be inside the gate at once. */
export interface GateRoom {
  tasks: number;
  /** Of all tasks together; one that is larger by itself runs alone. */
  pixels: number;
}

/** Lets in what there is room for, so that memory stays bounded however many callers wait with however much. */
export function createGate(room: GateRoom): Gate {
  const waiting: { pixels: number; enter: () => void }[] = [];
  const inside = { tasks: 0, pixels: 0 };
  const letIn = () => {
    // Only ever the next in line: small ones that overtake would starve a large one.
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const fits = inside.tasks < room.tasks && inside.pixels + next.pixels <= room.pixels;
      if (!fits && inside.tasks > 0) return;
      waiting.shift();
      inside.tasks += 1;
      inside.pixels += next.pixels;
      next.enter();
    }
  };
  const leave = (pixels: number) => {
    inside.tasks -= 1;
    inside.pixels -= pixels;
    letIn();
  };
  return (pixels, task) =>
    new Promise((resolve, reject) => {
      const enter = () => {
        task()
          .finally(() => leave(pixels))
          .then(resolve, reject);
      };
      waiting.push({ pixels, enter });
      letIn();
    });
}
