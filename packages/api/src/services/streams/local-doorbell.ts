import type { Doorbell } from "../context.ts";

/** The part of a doorbell that lives in this process. */
export interface LocalDoorbell extends Doorbell {
  /** Owners somebody of this process listens for. */
  listenedOwners(): string[];
}

interface Listener {
  rung: boolean;
  wake: (() => void) | null;
}

/** Makes a doorbell among the listeners of one process; a ring nobody waits for is kept for the next wait. */
export function createLocalDoorbell(): LocalDoorbell {
  const byOwner = new Map<string, Set<Listener>>();
  return {
    ring(ownerId) {
      for (const listener of byOwner.get(ownerId) ?? []) {
        listener.rung = true;
        listener.wake?.();
      }
    },
    listen(ownerId) {
      const listener: Listener = { rung: false, wake: null };
      const listeners = byOwner.get(ownerId) ?? new Set<Listener>();
      byOwner.set(ownerId, listeners.add(listener));
      return {
        next: (timeoutMs, signal) => nextRing(listener, timeoutMs, signal),
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
