/**
 * Slots this process is about to ask for on one GPU side: an attempt takes its slot only with its
 * intent, and making and bringing its pictures goes before. Without them every waiting job would see
 * the same free slot, and all of them prepare for it.
 */
export interface SlotReservations {
  /** Reserves one of `free` slots, those reserved already among them; null = none is left. */
  reserve(free: number): SlotReservation | null;
  /** Remembers that every slot was taken at `now`. */
  noteFull(now: Date): void;
  /** Whether every slot was taken lately. */
  wasFull(now: Date): boolean;
}

/** One slot that is about to be asked for. */
export interface SlotReservation {
  /** It is taken now, or never will be. Again does nothing. */
  release(): void;
}

/** A backlog is met at least this often by whoever waits in it. */
const FULL_REMEMBERED_MS = 30_000;

/** Makes one in which nothing is reserved. */
export function createSlotReservations(): SlotReservations {
  let reserved = 0;
  let fullUntilMs = Number.NEGATIVE_INFINITY;
  return {
    noteFull(now) {
      fullUntilMs = now.getTime() + FULL_REMEMBERED_MS;
    },
    wasFull: (now) => now.getTime() < fullUntilMs,
    reserve(free) {
      if (reserved >= free) return null;
      reserved += 1;
      let isReleased = false;
      return {
        release() {
          if (!isReleased) reserved -= 1;
          isReleased = true;
        },
      };
    },
  };
}
