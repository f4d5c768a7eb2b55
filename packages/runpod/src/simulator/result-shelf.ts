import type { SimulatedJob } from "./job.ts";

/** Pictures held in memory before the oldest collected ones go, in bytes. */
const MAX_HELD_BYTES = 1_000_000_000;

/**
 * Bounds the memory of a long run: past the limit, results already read are given up before
 * their 30 minutes. A result nobody has read yet is never given up.
 */
export class ResultShelf {
  readonly #giveUp: (job: SimulatedJob) => void;
  readonly #maxHeldBytes: number;
  #held: SimulatedJob[] = [];

  constructor(giveUp: (job: SimulatedJob) => void, maxHeldBytes = MAX_HELD_BYTES) {
    this.#giveUp = giveUp;
    this.#maxHeldBytes = maxHeldBytes;
  }

  put(job: SimulatedJob): void {
    this.#held = this.#held.filter((each) => each !== job && resultBytes(each) > 0);
    this.#held.push(job);
    let bytes = this.#held.reduce((sum, each) => sum + resultBytes(each), 0);
    for (const each of this.#held) {
      if (bytes <= this.#maxHeldBytes) return;
      if (!each.collected) continue;
      bytes -= resultBytes(each);
      this.#giveUp(each);
    }
  }
}

function resultBytes(job: SimulatedJob): number {
  if (job.outcome?.kind !== "images") return 0;
  return job.outcome.images.reduce((sum, { png }) => sum + png.byteLength, 0);
}
