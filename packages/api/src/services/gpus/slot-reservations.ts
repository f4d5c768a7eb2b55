/**
 * Slots this process is about to ask for on one GPU side: an attempt takes its slot only with its
 * intent, and making and bringing its pictures goes before. Without them every waiting job would see
 * the same free slot, and all of them prepare for it.
 */
export interface SlotReservations {
  /** Reserves one of `free` slots, those reserved already among them; null = none is left. */
  reserve(free: number): SlotReservation | null;
}

/** One slot that is about to be asked for. */
export interface SlotReservation {
  /** It is taken now, or never will be. Again does nothing. */
  release(): void;
}

/** Makes one in which nothing is reserved. */
export function createSlotReservations(): SlotReservations {
  let reserved = 0;
  return {
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
