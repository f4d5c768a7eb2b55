import type { JobStage, JobStatus } from "../contract/job.ts";
import { isTerminal } from "./job-lifecycle.ts";

/** One finished attempt of the same service version and mode; milliseconds as RunPod reported them. */
export interface PastRun {
  readonly delayMs: number;
  readonly executionMs: number;
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

/** Waiting for a worker and drawing, learnt apart: only one of them shrinks with a warm GPU. */
export interface TypicalRun {
  readonly wait: SpreadMs;
  readonly draw: SpreadMs;
}

/** Fewer runs than this say little; the contract's figure stands in. */
const MIN_RUNS = 5;
/** So few steps say nothing about the rest. */
const MIN_PROGRESS = 0.05;
const STORE_MS: SpreadMs = { low: 300, high: 2_500 };
/** A worker loading the models from cold, 31 GB. */
const WAKE_MS: SpreadMs = { low: 60_000, high: 155_000 };

/** Learns the usual range (10th to 90th percentile) from past runs, or takes the contract's `typicalSeconds`. */
export function learnTypicalRun(runs: readonly PastRun[], typicalSeconds: number): TypicalRun {
  if (runs.length < MIN_RUNS) {
    const typicalMs = typicalSeconds * 1_000;
    return {
      wait: { low: 0, high: Math.max(2_000, typicalMs / 2) },
      draw: { low: typicalMs * 0.7, high: typicalMs * 1.5 },
    };
  }
  return {
    wait: spreadOf(runs.map((run) => run.delayMs)),
    draw: spreadOf(runs.map((run) => run.executionMs)),
  };
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
  readonly now: Date;
}

/** What is left of a job; null = it has ended, or it takes so much longer than usual that a figure would be a guess. */
export function estimateEta(question: EtaQuestion, typical: TypicalRun): EtaSeconds | null {
  if (isTerminal(question.status)) return null;
  if (question.status === "storing") return toSeconds(STORE_MS);
  const left = question.startedAt === null ? queuedLeft(question, typical) : null;
  const drawing = question.startedAt === null ? typical.draw : drawingLeft(question, typical.draw);
  if (drawing === null) return null;
  return toSeconds(sum(left ?? NOTHING, drawing, STORE_MS));
}

const NOTHING: SpreadMs = { low: 0, high: 0 };

function queuedLeft(question: EtaQuestion, typical: TypicalRun): SpreadMs {
  const waking = question.stage === "waking" ? WAKE_MS : NOTHING;
  if (question.submittedAt !== null) {
    const waitedMs = elapsedMs(question.submittedAt, question.now);
    return sum(waking, shorten(typical.wait, waitedMs));
  }
  const rounds = question.aheadInBacklog / Math.max(1, question.slots);
  const turns = { low: rounds * typical.draw.low, high: Math.ceil(rounds) * typical.draw.high };
  return sum(turns, waking, typical.wait);
}

function drawingLeft(question: EtaQuestion, draw: SpreadMs): SpreadMs | null {
  const drawnMs = question.startedAt === null ? 0 : elapsedMs(question.startedAt, question.now);
  const usual = shorten(draw, drawnMs);
  const { progress } = question;
  if (progress !== null && progress >= MIN_PROGRESS && drawnMs > 0) {
    const byStepsMs = (drawnMs * (1 - progress)) / progress;
    return { low: Math.min(usual.low, byStepsMs), high: Math.max(usual.high, byStepsMs) };
  }
  return drawnMs > draw.high * 2 ? null : usual;
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
