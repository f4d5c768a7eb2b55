import type { JobStage, JobStatus } from "../contract/job.ts";
import { isTerminal } from "./job-lifecycle.ts";

/** One finished attempt of the same service version and mode, milliseconds. */
export interface PastRun {
  /** From submit to the start of drawing. */
  readonly delayMs: number;
  readonly executionMs: number;
  /** From the end of drawing to the stored picture; null = it was not stored. */
  readonly storeMs: number | null;
  /** Whether a GPU had to be woken for it. */
  readonly isWoken: boolean;
}

/** What is left of a job, in whole seconds. */
export interface EtaSeconds {
  low: number;
  high: number;
}

interface SpreadMs {
  readonly low: number;
  readonly high: number;
}

/** The stretches of a run, learnt apart: a warm GPU has no waking, and none of them tells of another. */
export interface TypicalRun {
  /** For a worker that is awake. */
  readonly wait: SpreadMs;
  /** The same where one had to be woken. */
  readonly wake: SpreadMs;
  readonly draw: SpreadMs;
  /** Fetching, finishing and storing the picture. */
  readonly store: SpreadMs;
}

/** Fewer runs than this say little; the contract's figure stands in. */
const MIN_RUNS = 5;
/** So few steps say nothing about the rest. */
const MIN_PROGRESS = 0.05;
/** Fetching, finishing and storing, before it was learnt. */
const STORE_MS: SpreadMs = { low: 300, high: 2_500 };
/** A worker loading the models from cold, 31 GB, before it was learnt. */
const WAKE_MS: SpreadMs = { low: 60_000, high: 155_000 };

/**
 * Learns the usual ranges (10th to 90th percentile) from past runs; of what there are too few, the
 * contract's `typicalSeconds` and our own figures stand in.
 */
export function learnTypicalRun(runs: readonly PastRun[], typicalSeconds: number): TypicalRun {
  const typicalMs = typicalSeconds * 1_000;
  const delays = (isWoken: boolean) =>
    runs.filter((run) => run.isWoken === isWoken).map((run) => run.delayMs);
  const stores = runs.flatMap((run) => (run.storeMs === null ? [] : [run.storeMs]));
  return {
    wait: learn(delays(false), { low: 0, high: Math.max(2_000, typicalMs / 2) }),
    wake: learn(delays(true), WAKE_MS),
    draw: learn(
      runs.map((run) => run.executionMs),
      { low: typicalMs * 0.7, high: typicalMs * 1.5 },
    ),
    store: learn(stores, STORE_MS),
  };
}

function learn(values: readonly number[], otherwise: SpreadMs): SpreadMs {
  return values.length < MIN_RUNS ? otherwise : spreadOf(values);
}

/** The value below which `share` of the sorted values lie, interpolated. */
export function percentile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

function spreadOf(values: readonly number[]): SpreadMs {
  const sorted = values.toSorted((a, b) => a - b);
  return { low: percentile(sorted, 0.1), high: percentile(sorted, 0.9) };
}

export interface EtaQuestion {
  readonly status: JobStatus;
  readonly stage: JobStage;
  readonly progress: number | null;
  /** Queued jobs before this one on the same backend that have no attempt yet. */
  readonly aheadInBacklog: number;
  /** How many attempts we let run at once. */
  readonly slots: number;
  /** When RunPod took it; null = it has not. */
  readonly submittedAt: Date | null;
  /** When drawing began; null = it has not. */
  readonly startedAt: Date | null;
  /** When its result was finished; absent or null = it has not been, or nobody knows. */
  readonly storingSince?: Date | null;
  readonly now: Date;
}

/** This often as long as usual: whatever keeps it is not what usually does. */
const GIVE_UP_FACTOR = 2;
/** Shorter stretches than this are no reason to give no figure, ms. */
const GIVE_UP_FROM_MS = 10_000;

/** What is left of a job; null = it has ended, or it takes so much longer than usual that a figure would be a guess. */
export function estimateEta(question: EtaQuestion, typical: TypicalRun): EtaSeconds | null {
  if (isTerminal(question.status)) return null;
  if (question.status === "storing") return storingLeft(question, typical.store);
  const waiting = question.startedAt === null ? queuedLeft(question, typical) : NOTHING;
  const drawing = question.startedAt === null ? typical.draw : drawingLeft(question, typical.draw);
  if (waiting === null || drawing === null) return null;
  return toSeconds(sum(waiting, drawing, typical.store));
}

const NOTHING: SpreadMs = { low: 0, high: 0 };

function storingLeft({ storingSince, now }: EtaQuestion, store: SpreadMs): EtaSeconds | null {
  const storedMs = elapsedMs(storingSince ?? now, now);
  if (isBeyond(storedMs, store)) return null;
  return toSeconds(shorten(store, storedMs));
}

function queuedLeft(question: EtaQuestion, typical: TypicalRun): SpreadMs | null {
  const isWaking = question.stage === "waking";
  const usual = isWaking ? typical.wake : typical.wait;
  if (question.submittedAt !== null) {
    const waitedMs = elapsedMs(question.submittedAt, question.now);
    if (isWaking && isBeyond(waitedMs, usual)) return null;
    return shorten(usual, waitedMs);
  }
  const rounds = question.aheadInBacklog / Math.max(1, question.slots);
  const turns = { low: rounds * typical.draw.low, high: Math.ceil(rounds) * typical.draw.high };
  return sum(turns, usual);
}

function isBeyond(elapsed: number, usual: SpreadMs): boolean {
  return elapsed > Math.max(GIVE_UP_FROM_MS, usual.high * GIVE_UP_FACTOR);
}

function drawingLeft(question: EtaQuestion, draw: SpreadMs): SpreadMs | null {
  const drawnMs = question.startedAt === null ? 0 : elapsedMs(question.startedAt, question.now);
  const usual = shorten(draw, drawnMs);
  const { progress } = question;
  if (progress !== null && progress >= MIN_PROGRESS && drawnMs > 0) {
    const byStepsMs = (drawnMs * (1 - progress)) / progress;
    return { low: Math.min(usual.low, byStepsMs), high: Math.max(usual.high, byStepsMs) };
  }
  return drawnMs > draw.high * GIVE_UP_FACTOR ? null : usual;
}

function shorten(spread: SpreadMs, byMs: number): SpreadMs {
  return { low: Math.max(0, spread.low - byMs), high: Math.max(0, spread.high - byMs) };
}

function sum(...spreads: readonly SpreadMs[]): SpreadMs {
  return {
    low: spreads.reduce((total, spread) => total + spread.low, 0),
    high: spreads.reduce((total, spread) => total + spread.high, 0),
  };
}

function elapsedMs(since: Date, now: Date): number {
  return Math.max(0, now.getTime() - since.getTime());
}

function toSeconds({ low, high }: SpreadMs): EtaSeconds {
  const lowSeconds = Math.max(0, Math.floor(low / 1_000));
  return { low: lowSeconds, high: Math.max(1, lowSeconds, Math.ceil(high / 1_000)) };
}
