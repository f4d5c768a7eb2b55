import type { Doorbell } from "../context.ts";

/** The part of a doorbell that lives in this process. */
export interface LocalDoorbell extends Doorbell {
  /** Owners somebody of this process listens for. */
  listenedOwners(): string[];
  /** Rings, once, for those who have not seen their owner's event number `seq`. */
  ringBehind(ownerId: string, seq: number): void;
}

interface Listener {
  rung: boolean;
  /** Newest event number read, or rung for as one not read. */
  seen: number;
  wake: (() => void) | null;
}

/** Makes a doorbell among the listeners of one process; a ring nobody waits for is kept for the next wait. */
export function createLocalDoorbell(): LocalDoorbell {
  const byOwner = new Map<string, Set<Listener>>();
  return {
    ring(ownerId) {
      for (const listener of byOwner.get(ownerId) ?? []) ringOne(listener);
    },
    ringBehind(ownerId, seq) {
      for (const listener of byOwner.get(ownerId) ?? []) {
        if (listener.seen >= seq) continue;
        listener.seen = seq;
        ringOne(listener);
      }
    },
    listen(ownerId) {
      const listener: Listener = { rung: false, seen: -1, wake: null };
      const listeners = byOwner.get(ownerId) ?? new Set<Listener>();
      byOwner.set(ownerId, listeners.add(listener));
      return {
        next: (timeoutMs, signal) => nextRing(listener, timeoutMs, signal),
        saw(seq) {
          listener.seen = Math.max(listener.seen, seq);
        },
        close() {
          listeners.delete(listener);
          if (listeners.size === 0 && byOwner.get(ownerId) === listeners) byOwner.delete(ownerId);
          listener.wake?.();
        },
      };
    },
    listenedOwners: () => [...byOwner.keys()],
  };
}

function ringOne(listener: Listener): void {
  listener.rung = true;
  listener.wake?.();
}

/** Waits for a ring, the time, or the signal, whichever comes first; the signal counts as a timeout. */
function nextRing(
  listener: Listener,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<"rung" | "timeout"> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", settle);
      listener.wake = null;
      const answer = listener.rung ? "rung" : "timeout";
      listener.rung = false;
      resolve(answer);
    };
    const timer = setTimeout(settle, timeoutMs);
    listener.wake = settle;
    signal.addEventListener("abort", settle, { once: true });
    if (listener.rung || signal.aborted) settle();
  });
}
