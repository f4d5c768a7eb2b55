import { JOB_EVENTS, type JobTransition } from "../../src/domain/job-lifecycle.ts";
import { CRASHES, FAULTS } from "./faults.ts";
import type { WorldReport } from "./run-world.ts";

/** What many worlds came to together. */
export interface Summary {
  worlds: number;
  steps: number;
  jobs: number;
  endings: Record<string, number>;
  faults: Record<string, number>;
  moves: Record<string, number>;
  violations: { seed: number; violation: string }[];
}

/** Nothing yet. */
export function emptySummary(): Summary {
  return { worlds: 0, steps: 0, jobs: 0, endings: {}, faults: {}, moves: {}, violations: [] };
}

/** Adds one world. */
export function addReport(to: Summary, report: WorldReport): void {
  to.worlds += 1;
  to.steps += report.steps;
  to.jobs += report.jobs;
  addCounts(to.endings, report.endings);
  addCounts(to.faults, report.faults);
  addCounts(to.moves, report.moves);
  const { seed, violation } = report;
  if (violation !== null) to.violations.push({ seed, violation });
}

/** Adds another sum. */
export function addSummary(to: Summary, other: Summary): void {
  to.worlds += other.worlds;
  to.steps += other.steps;
  to.jobs += other.jobs;
  addCounts(to.endings, new Map(Object.entries(other.endings)));
  addCounts(to.faults, new Map(Object.entries(other.faults)));
  addCounts(to.moves, new Map(Object.entries(other.moves)));
  to.violations.push(...other.violations);
}

function addCounts(to: Record<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [name, count] of counts) to[name] = (to[name] ?? 0) + count;
}

/** Every status with every event that may happen to it. */
const MOVES = Object.entries<JobTransition>(JOB_EVENTS).flatMap(([event, { from }]) =>
  from.map((status) => `${status} ${event}`),
);
/** Only two processes that look at the same moment come to these. */
const RARE: readonly string[] = ["queued progressed", "running started"];

/** Kinds of faults, and moves of a job, that none of the worlds has seen: with any of them they prove too little. */
export function neverSeen({ faults, moves }: Summary): string[] {
  return [
    ...[...FAULTS, ...CRASHES].filter((fault) => faults[fault] === undefined),
    ...MOVES.filter((move) => !RARE.includes(move)).filter((move) => moves[move] === undefined),
  ];
}
