import { MAX_RETRY_AFTER_MS } from "../../domain/retry-policy.ts";

/** How long the one submit that tries whether the other side is back may take before another tries, ms. */
const PROBE_MS = 5_000;
/** Those who are turned away come back one after the other, at the pace of RunPod's 100 submits a second. */
const SPACING_MS = 10;

/** A place among the submits of this moment. */
export interface SubmitPermit {
  /** Asks once more, with this place at hand: null = go on; else when to ask for another one. */
  recheck(now: Date): Date | null;
  /** Gives the place back: it is being sent now, or never will be. Again does nothing. */
  release(): void;
}

/** Holds all submits of this process back while the GPU side refuses them or has had its fill. */
export interface SubmitGate {
  /**
   * A place for one submit, to be released; or when to ask again. Once the time of a closed gate is
   * over, one submit at a time may try; the others go on when it was accepted.
   */
  enter(now: Date): SubmitPermit | Date;
  /** Closes for `delayMs`, at most five minutes: nobody may silence us for longer by one answer. */
  close(now: Date, delayMs: number): void;
  open(): void;
  /** Forgets how long those turned away were told to wait: the reason is gone for all of them. */
  forget(reason: SubmitHold): void;
}

/** Another reason to wait: when to ask again, given how many places are taken; null = none. */
export type SubmitHold = (now: Date, placesTaken: number) => Date | null;

/** Reasons to wait. */
export interface SubmitHolds {
  /** Asked before a place is given, and again by whoever has one. */
  readonly always?: readonly SubmitHold[];
  /** Asked before a place is given: who has one has had his turn, and would take another's by asking again. */
  readonly onEntry?: readonly SubmitHold[];
}

/** Makes an open gate. */
export function createSubmitGate({ always = [], onEntry = [] }: SubmitHolds = {}): SubmitGate {
  let until: Date | null = null;
  /** By reason: until when those turned away for it are told to wait. */
  const turnedAwayTo = new Map<SubmitHold | null, number>();
  let placesTaken = 0;

  function findReason(holds: readonly SubmitHold[], now: Date, othersPlaces: number): Date | null {
    for (const hold of holds) {
      const to = hold(now, othersPlaces);
      if (to !== null) return turnAway(hold, to);
    }
    return null;
  }

  function turnAway(reason: SubmitHold | null, to: Date): Date {
    const last = turnedAwayTo.get(reason) ?? Number.NEGATIVE_INFINITY;
    const next = Math.max(to.getTime(), last + SPACING_MS);
    turnedAwayTo.set(reason, next);
    return new Date(next);
  }

  /** The others wait for what becomes of this one. Null = the gate is open, nobody tries. */
  function beginTry(now: Date): Date | null {
    if (until !== null) until = new Date(now.getTime() + PROBE_MS);
    return until;
  }

  function takePlace(now: Date): SubmitPermit {
    placesTaken += 1;
    let isReleased = false;
    let tryUntil = beginTry(now);
    return {
      recheck(later) {
        const to = findReason(always, later, placesTaken - (isReleased ? 0 : 1));
        if (to !== null) return to;
        // Closed by its own try alone, it goes on.
        if (until !== null && later < until && until !== tryUntil) return turnAway(null, until);
        tryUntil = beginTry(later);
        return null;
      },
      release() {
        if (!isReleased) placesTaken -= 1;
        isReleased = true;
      },
    };
  }

  return {
    enter(now) {
      const to = findReason(always, now, placesTaken);
      if (to !== null) return to;
      if (until !== null && now < until) return turnAway(null, until);
      // Last: a turn that is given is taken.
      const turn = findReason(onEntry, now, placesTaken);
      if (turn !== null) return turn;
      return takePlace(now);
    },
    close(now, delayMs) {
      const next = new Date(now.getTime() + Math.min(delayMs, MAX_RETRY_AFTER_MS));
      if (until === null || next > until) until = next;
    },
    open() {
      until = null;
      turnedAwayTo.delete(null);
    },
    forget(reason) {
      turnedAwayTo.delete(reason);
    },
  };
}
