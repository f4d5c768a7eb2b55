/**
 * Streams one owner may hold open at this replica. As many as the calls he may make in a minute: a
 * service may follow hundreds of jobs at once, a flood ends here.
 */
export const STREAMS_PER_OWNER = 600;

/** Counts the open streams of each owner in this process. */
export interface StreamSlots {
  /** How to give the slot back, any number of times; null = the owner holds as many as he may. */
  take(ownerId: string): (() => void) | null;
}

/** Makes the count, with nothing open. */
export function createStreamSlots(perOwner: number): StreamSlots {
  const open = new Map<string, number>();
  return {
    take(ownerId) {
      const held = open.get(ownerId) ?? 0;
      if (held >= perOwner) return null;
      open.set(ownerId, held + 1);
      let given = true;
      return () => {
        if (!given) return;
        given = false;
        const left = (open.get(ownerId) ?? 1) - 1;
        if (left > 0) open.set(ownerId, left);
        else open.delete(ownerId);
      };
    },
  };
}
