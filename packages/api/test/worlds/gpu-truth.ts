import type { RunpodFailure, RunpodReport } from "@ob/runpod";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";
import type { Fault } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

const RETENTION_MS = 30 * 60_000;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type RunState = "IN_QUEUE" | "IN_PROGRESS" | "COMPLETED" | "FAILED" | "TIMED_OUT" | "CANCELLED";

/** The truth about one run, whatever anybody is told of it. */
export interface TrueRun {
  readonly id: string;
  readonly filePrefix: string;
  readonly token: string;
  readonly bornMs: number;
  state: RunState;
  /** Its answer is thrown away: TTL or retention have passed. */
  isGone: boolean;
  failure: RunpodFailure | null;
  output: unknown;
  startedMs: number | null;
  endedMs: number | null;
  /** What `/status` says for ever, or until then, in place of the truth. */
  shown: { as: "waiting" | "running"; untilMs: number } | null;
}

export interface GpuTruthOptions {
  readonly scheduler: Scheduler;
  readonly random: SeededRandom;
  readonly fault: (fault: Fault) => void;
  /** The moment a run is queued. */
  readonly onBorn: (run: TrueRun, isLive: (other: TrueRun) => boolean) => void;
  /** RunPod rings. */
  readonly onWebhook: (run: TrueRun) => void;
}

/** What RunPod does with what it was given. */
export interface GpuTruth {
  readonly runs: readonly TrueRun[];
  accept(o: {
    filePrefix: string;
    token: string;
    ttlMs: number;
    executionTimeoutMs: number;
  }): TrueRun;
  find(id: string): TrueRun | undefined;
  isLive(run: TrueRun): boolean;
  /** As `/status` tells it. */
  report(id: string): RunpodReport;
  cancel(id: string): void;
}

/** Makes an empty endpoint. */
export function createGpuTruth(o: GpuTruthOptions): GpuTruth {
  const { scheduler, random, fault } = o;
  const runs: TrueRun[] = [];
  const isLive = (run: TrueRun) =>
    !run.isGone && (run.state === "IN_QUEUE" || run.state === "IN_PROGRESS");

  function end(run: TrueRun, state: RunState, failure: RunpodFailure | null = null): void {
    if (!isLive(run)) return;
    run.state = state;
    run.failure = failure;
    run.endedMs = scheduler.nowMs;
    const keptMs = random.chance(0.03) ? random.below(90_000) : RETENTION_MS;
    scheduler.after(keptMs, () => {
      run.isGone = true;
    });
    if (state !== "CANCELLED") ring(o, run);
    if (state === "COMPLETED" && run.shown === null && random.chance(0.04)) {
      fault("gpu: stale queue");
      run.shown = { as: "waiting", untilMs: scheduler.nowMs + random.between(1_000, 60_000) };
    }
  }

  function start(run: TrueRun, executionTimeoutMs: number): void {
    if (!isLive(run)) return;
    run.state = "IN_PROGRESS";
    run.startedMs = scheduler.nowMs;
    if (random.chance(0.05)) {
      fault("gpu: frozen in progress");
      run.shown = {
        as: "running",
        untilMs: random.chance(0.5) ? Infinity : scheduler.nowMs + 40_000,
      };
    }
    const durationMs = random.chance(0.06)
      ? random.between(60_000, 700_000)
      : random.between(3_000, 40_000);
    if (durationMs > executionTimeoutMs) {
      scheduler.after(executionTimeoutMs, () => {
        if (isLive(run)) fault("gpu: execution timeout");
        end(run, "TIMED_OUT", failureOf("TIMED_OUT", "timeout"));
      });
      return;
    }
    scheduler.after(durationMs, () => finish(run));
  }

  function finish(run: TrueRun): void {
    const how = random.weighted(ENDINGS);
    if (how !== "well" && isLive(run)) fault(`gpu: ${how}`);
    switch (how) {
      case "well":
        run.output = outputOf(run.filePrefix, run.id);
        return end(run, "COMPLETED");
      case "completed without output":
        return end(run, "COMPLETED");
      case "output of another":
        run.output = outputOf("ob-somebody-else", run.id);
        return end(run, "COMPLETED");
      case "failed":
        return end(run, "FAILED", failureOf("FAILED", "worker"));
      case "out of memory":
        return end(run, "FAILED", failureOf("FAILED", "out-of-memory"));
      case "validation":
        return end(run, "FAILED", failureOf("FAILED", "validation"));
    }
  }

  return {
    runs,
    isLive,
    find: (id) => runs.find((run) => run.id === id),
    accept({ filePrefix, token, ttlMs, executionTimeoutMs }) {
      const run: TrueRun = {
        id: `run-${runs.length + 1}`,
        filePrefix,
        token,
        bornMs: scheduler.nowMs,
        state: "IN_QUEUE",
        isGone: false,
        failure: null,
        output: null,
        startedMs: null,
        endedMs: null,
        shown: null,
      };
      o.onBorn(run, isLive);
      runs.push(run);
      const queueMs = random.chance(0.08)
        ? random.between(60_000, 900_000)
        : random.between(100, 30_000);
      if (queueMs > 60_000) fault("gpu: long queue");
      scheduler.after(queueMs, () => start(run, executionTimeoutMs));
      scheduler.after(ttlMs, () => {
        // A live run is killed, whatever it is doing; a result is kept for its own time.
        if (!isLive(run)) return;
        fault("gpu: killed by its TTL");
        run.isGone = true;
      });
      return run;
    },
    report(id) {
      const run = runs.find((other) => other.id === id);
      return run === undefined ? { kind: "gone" } : reportOf(run, o);
    },
    cancel(id) {
      const run = runs.find((other) => other.id === id);
      if (run !== undefined) end(run, "CANCELLED", failureOf("CANCELLED", "cancelled"));
    },
  };
}

const ENDINGS = {
  well: 80,
  failed: 4,
  "out of memory": 4,
  validation: 3,
  "completed without output": 4,
  "output of another": 4,
} as const;

function ring({ random, scheduler, fault, onWebhook }: GpuTruthOptions, run: TrueRun): void {
  const times = random.weighted({ "0": 30, "1": 50, "2": 10, "3": 10 });
  if (times === "0") fault("webhook: lost");
  if (times === "2" || times === "3") fault("webhook: duplicate");
  for (let n = 0; n < Number(times); n += 1) {
    const isLate = random.chance(0.1);
    if (isLate) fault("webhook: late");
    const delayMs = isLate ? random.between(60_000, 3_600_000) : random.between(20, 20_000);
    scheduler.after(delayMs, () => onWebhook(run));
  }
}

function reportOf(run: TrueRun, { scheduler, fault }: GpuTruthOptions): RunpodReport {
  if (run.isGone) {
    if (run.state === "COMPLETED") fault("gpu: result thrown away");
    return { kind: "gone" };
  }
  if (run.shown !== null && scheduler.nowMs < run.shown.untilMs) {
    return run.shown.as === "running"
      ? { kind: "running", progress: { value: 3, max: 4 } }
      : { kind: "waiting", queuedMs: null };
  }
  switch (run.state) {
    case "IN_QUEUE":
      return { kind: "waiting", queuedMs: scheduler.nowMs - run.bornMs };
    case "IN_PROGRESS":
      return { kind: "running", progress: progressOf(run, scheduler.nowMs) };
    case "COMPLETED":
      return {
        kind: "completed",
        output: run.output,
        delayMs: (run.startedMs ?? run.bornMs) - run.bornMs,
        executionMs: (run.endedMs ?? run.bornMs) - (run.startedMs ?? run.bornMs),
      };
    case "FAILED":
    case "TIMED_OUT":
    case "CANCELLED":
      return { kind: "failed", failure: run.failure ?? failureOf(run.state, "unknown") };
  }
}

/** A step every eight seconds; nothing is told of the first. */
function progressOf({ startedMs }: TrueRun, nowMs: number) {
  const value = Math.min(4, Math.floor((nowMs - (startedMs ?? nowMs)) / 8_000));
  return value === 0 ? null : { value, max: 4 };
}

function outputOf(filePrefix: string, id: string): unknown {
  const data = Buffer.concat([PNG_SIGNATURE, Buffer.from(`of ${id}`)]).toString("base64");
  return { images: [{ filename: `${filePrefix}_00001_.png`, type: "base64", data }] };
}

function failureOf(status: RunpodFailure["status"], cause: RunpodFailure["cause"]): RunpodFailure {
  const retriable = cause !== "validation" && cause !== "cancelled";
  return { status, cause, retriable, message: "as the world would have it" };
}
