/** Remembers when jobs driven here are due next, so that the claim loop wakes in time. */
export interface LookAhead {
  /** Null = nobody need look. */
  note(jobId: string, dueAt: Date | null): void;
  forget(jobId: string): void;
  /** How long the loop may sleep after a look at `lookedAt`, ms, `mostMs` at most. */
  sleepMs(times: { lookedAt: Date; now: Date }, mostMs: number): number;
}

/** Makes one that expects nothing. */
export function createLookAhead(): LookAhead {
  const due = new Map<string, number>();
  return {
    note(jobId, dueAt) {
      if (dueAt === null) due.delete(jobId);
      else due.set(jobId, dueAt.getTime());
    },
    forget(jobId) {
      due.delete(jobId);
    },
    sleepMs({ lookedAt, now }, mostMs) {
      const nowMs = now.getTime();
      let wakeMs = nowMs + mostMs;
      for (const [jobId, dueMs] of due) {
        // What was due at the look was tried: another replica has it, or all hands are full. What
        // became due while the look was under way was not seen by it.
        if (dueMs <= lookedAt.getTime()) due.delete(jobId);
        else wakeMs = Math.min(wakeMs, dueMs);
      }
      return Math.max(0, wakeMs - nowMs);
    },
  };
}
