/** Holds all submits of this process back while the GPU side refuses them. */
export interface SubmitGate {
  /** When submits may go on; null = they may now. */
  closedUntil(now: Date): Date | null;
  close(until: Date): void;
  open(): void;
}

/** Makes an open gate. */
export function createSubmitGate(): SubmitGate {
  let until: Date | null = null;
  return {
    closedUntil: (now) => (until !== null && now < until ? until : null),
    close(next) {
      if (until === null || next > until) until = next;
    },
    open() {
      until = null;
    },
  };
}
