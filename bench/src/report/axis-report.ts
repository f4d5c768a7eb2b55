/** What a figure is compared as. */
export type Role = "floor" | "ceiling" | "peer" | "ours";

/** One measured thing. Names of values carry their units: `p50Ms`, `perSecond`, `cpuMs`, `n`. */
export interface Figure {
  readonly name: string;
  readonly role: Role;
  readonly values: Readonly<Record<string, number>>;
}

/** One line of the quality goals, judged by this run. */
export interface Goal {
  readonly text: string;
  readonly value: number;
  readonly is: "at most" | "at least";
  readonly limit: number;
  readonly met: boolean;
}

/** Violations of the invariants found after a run, by their title; none = it may be quoted. */
export interface Audit {
  readonly of: string;
  readonly jobs: number;
  readonly violations: readonly string[];
}

/** Everything one axis found out. */
export interface AxisReport {
  readonly axis: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly goals: readonly Goal[];
  readonly audits: readonly Audit[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
  /** Rounds (or samples) dropped because something else had the machine. */
  readonly dropped: number;
  readonly seconds: number;
}

/** A value that must not exceed its limit. */
export function atMost(text: string, value: number, limit: number): Goal {
  return { text, value, is: "at most", limit, met: value <= limit };
}

/** A value that must reach its limit. */
export function atLeast(text: string, value: number, limit: number): Goal {
  return { text, value, is: "at least", limit, met: value >= limit };
}

/** Whether every figure may be quoted. */
export function isClean(report: AxisReport): boolean {
  return report.audits.every(({ violations }) => violations.length === 0);
}
