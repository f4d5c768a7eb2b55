/** What is wrong with a GPU side. */
export type GpuTrouble =
  /** No connection, or none that held. */
  | "unreachable"
  /** It answered 5xx, or something that cannot be read. */
  | "failing"
  /** A submit went out and no answer came. */
  | "unanswered"
  /** It refuses our key or endpoint. */
  | "unauthorized";

/** What one exchange proved; `trouble: null` = the side is there and works. */
export interface GpuEvidence {
  readonly from: "submit" | "question" | "probe";
  readonly trouble: GpuTrouble | null;
}

export type BreakerState =
  | { readonly kind: "closed" }
  | {
      /** `half-open`: a probe is under way. */
      readonly kind: "open" | "half-open";
      readonly since: Date;
      readonly cause: GpuTrouble;
      /** When the next probe is due. */
      readonly probeAt: Date;
    };

/** Knows whether a GPU side is down: troubles in a row open it, a probe that is answered closes it. */
export interface Breaker {
  state(): BreakerState;
  note(evidence: GpuEvidence, now: Date): void;
  /**
   * Closed because its health was fine again, though what had failed were submits: until one of them
   * is answered, nobody knows whether they work.
   */
  isOnProbation(): boolean;
  /** True = the caller shall probe now; it is asked by one caller at a time. */
  beginProbe(now: Date): boolean;
}

/** So many troubles in a row are no accident. */
const TROUBLES_TO_OPEN = 3;
const FIRST_WAIT_MS = 2_000;
const MAX_WAIT_MS = 15_000;
/** A probe that has not come back by then is no longer waited for. */
const PROBE_WITHIN_MS = 10_000;

/** Who hears of what becomes of a breaker. */
export interface BreakerOptions {
  /** It has closed, be it on probation. */
  readonly onClosed?: () => void;
  /**
   * What is worth telling an operator: it has opened, its cause has become another, or (null) it works
   * again. One that closes on probation and opens again has told nothing new.
   */
  readonly onNews?: (cause: GpuTrouble | null) => void;
}

/** Makes a closed breaker. */
export function createBreaker({ onClosed, onNews }: BreakerOptions = {}): Breaker {
  let state: BreakerState = { kind: "closed" };
  let openedBy: "submit" | "question" = "question";
  let onProbation = false;
  let waitMs = FIRST_WAIT_MS;
  const inARow = { submit: 0, question: 0 };
  /** The news told last. */
  let told: GpuTrouble | null = null;

  function become(next: BreakerState): void {
    state = next;
    if (next.kind === "closed") onClosed?.();
  }

  function tell(): void {
    const unsure = onProbation ? told : null;
    const cause = state.kind === "closed" ? unsure : state.cause;
    if (cause === told) return;
    told = cause;
    onNews?.(cause);
  }

  function noteTrouble(kind: "submit" | "question", cause: GpuTrouble, now: Date): void {
    inARow[kind] += 1;
    if (state.kind !== "closed" || inARow[kind] < TROUBLES_TO_OPEN) return;
    openedBy = kind;
    become({ kind: "open", since: now, cause, probeAt: after(now, waitMs) });
    // Until a submit goes through again, each further opening lasts longer.
    waitMs = Math.min(MAX_WAIT_MS, waitMs * 2);
  }

  function noteProbe(trouble: GpuTrouble | null, now: Date): void {
    if (state.kind === "closed") {
      if (trouble === null) inARow.question = 0;
      else noteTrouble("question", trouble, now);
    } else if (trouble === null) {
      close();
    } else {
      become({ ...state, kind: "open", cause: trouble, probeAt: after(now, waitMs) });
      waitMs = Math.min(MAX_WAIT_MS, waitMs * 2);
    }
  }

  function close(): void {
    inARow.question = 0;
    // A side whose health is fine and whose submits failed is on probation: one more opens it again.
    if (openedBy === "submit") {
      inARow.submit = TROUBLES_TO_OPEN - 1;
      onProbation = true;
    } else waitMs = FIRST_WAIT_MS;
    if (state.kind !== "closed") become({ kind: "closed" });
  }

  function noteSuccess(from: "submit" | "question"): void {
    inARow.question = 0;
    if (from === "submit") {
      inARow.submit = 0;
      openedBy = "question";
      onProbation = false;
      waitMs = FIRST_WAIT_MS;
    }
    // That questions are answered says nothing about submits, which may still fail.
    if (state.kind !== "closed" && openedBy === "question") close();
  }

  return {
    state: () => state,
    isOnProbation: () => state.kind === "closed" && onProbation,
    note({ from, trouble }, now) {
      if (from === "probe") noteProbe(trouble, now);
      else if (trouble === null) noteSuccess(from);
      else noteTrouble(from, trouble, now);
      tell();
    },
    beginProbe(now) {
      if (state.kind === "closed" || now < state.probeAt) return false;
      become({ ...state, kind: "half-open", probeAt: after(now, PROBE_WITHIN_MS) });
      return true;
    },
  };
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
