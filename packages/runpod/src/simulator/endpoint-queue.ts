import type { FinalStatus, JobStatus, RunpodJobTruth, SimulatedJob } from "./job.ts";
import { createJob, IS_LIVE, resetJob, toTruth } from "./job.ts";
import { ResultShelf } from "./result-shelf.ts";
import type { RunRequest } from "./run-body.ts";
import { runOnWorker, type WorkerTools } from "./run-on-worker.ts";
import type { RunPlan } from "./scenario.ts";
import type { WorkerOutcome } from "./worker/outcome.ts";

/** How long RunPod keeps the result of `/run`. */
export const RETENTION_MS = 30 * 60_000;

export interface EndpointQueueOptions extends WorkerTools {
  queueMs: number;
  workers: number;
  newId: () => string;
  /** Told of every job a worker has taken. */
  onStarted: (job: SimulatedJob) => void;
  /** Told of every job that ended COMPLETED or FAILED. */
  onFinished: (job: SimulatedJob) => void;
}

/** The queue, the workers and the memory of one endpoint: first come, first served. */
export class EndpointQueue {
  readonly #options: EndpointQueueOptions;
  readonly #jobs = new Map<string, SimulatedJob>();
  readonly #waiting: SimulatedJob[] = [];
  readonly #freeWorkers: string[];
  readonly #shelf = new ResultShelf((job) => this.#forget(job, "memory"));
  #retried = 0;

  constructor(options: EndpointQueueOptions) {
    this.#options = options;
    this.#freeWorkers = Array.from({ length: options.workers }, (_, n) => `simulated-${n + 1}`);
  }

  submit(request: RunRequest, plan: RunPlan): SimulatedJob {
    const { clock, newId, log } = this.#options;
    const job = createJob(newId(), { request, plan, clock });
    this.#jobs.set(job.id, job);
    log({ event: "job.queued", id: job.id, plan });
    this.#enqueue(job, request.ttlMs);
    return job;
  }

  /** `null`: never known, or forgotten. */
  find(id: string): SimulatedJob | null {
    const job = this.#jobs.get(id);
    return job === undefined || job.status === "DELETED" ? null : job;
  }

  /** Ends a live job; an ended one stays as it is. */
  cancel(job: SimulatedJob): void {
    if (IS_LIVE[job.status]) this.#finish(job, "CANCELLED", null);
  }

  /** Queues a FAILED or TIMED_OUT job again under its id. @returns whether it was one */
  retry(job: SimulatedJob): boolean {
    if ((job.status !== "FAILED" && job.status !== "TIMED_OUT") || job.request === null) {
      return false;
    }
    const nowMs = this.#options.clock.now();
    job.timers.cancelAll();
    resetJob(job, nowMs);
    this.#retried += 1;
    this.#enqueue(job, job.submittedAtMs + job.request.ttlMs - nowMs);
    return true;
  }

  /** Drops all waiting jobs. @returns how many */
  purge(): number {
    const purged = [...this.#waiting];
    for (const job of purged) this.#forget(job, "purge");
    return purged.length;
  }

  count(): Record<JobStatus | "RETRIED" | "FREE_WORKERS", number> {
    const counts = {
      IN_QUEUE: 0,
      IN_PROGRESS: 0,
      COMPLETED: 0,
      FAILED: 0,
      CANCELLED: 0,
      TIMED_OUT: 0,
      DELETED: 0,
      RETRIED: this.#retried,
      FREE_WORKERS: this.#freeWorkers.length,
    };
    for (const job of this.#jobs.values()) counts[job.status] += 1;
    return counts;
  }

  truth(): RunpodJobTruth[] {
    return [...this.#jobs.values()].map(toTruth);
  }

  stop(): void {
    for (const job of this.#jobs.values()) job.timers.cancelAll();
  }

  #enqueue(job: SimulatedJob, ttlMs: number): void {
    const { clock, queueMs } = this.#options;
    job.availableAtMs = clock.now() + queueMs;
    job.lives.push({ fromMs: clock.now(), toMs: null });
    this.#waiting.push(job);
    job.timers.plan(ttlMs, () => this.#forget(job, "ttl"));
    job.timers.plan(queueMs, () => {
      // A timer may fire a moment early by the clock's own reading.
      job.availableAtMs = Math.min(job.availableAtMs, clock.now());
      this.#startWaiting();
    });
  }

  #startWaiting(): void {
    const nowMs = this.#options.clock.now();
    while (this.#freeWorkers.length > 0) {
      const job = this.#waiting.find((each) => each.availableAtMs <= nowMs);
      if (job === undefined) return;
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      this.#start(job);
    }
  }

  #start(job: SimulatedJob): void {
    const { clock, log, gpuMs, onStarted } = this.#options;
    const workerId = this.#freeWorkers.shift() ?? "none";
    Object.assign(job, { status: "IN_PROGRESS", startedAtMs: clock.now(), workerId });
    job.executions.push({ workerId, fromMs: clock.now(), toMs: null });
    log({ event: "job.started", id: job.id, workerId, end: job.plan.end });
    if (job.plan.runsTwice) job.timers.plan(gpuMs / 2, () => this.#runAgain(job));
    onStarted(job);
    job.timers.plan(job.request?.executionTimeoutMs ?? 0, () =>
      this.#finish(job, "TIMED_OUT", null),
    );
    runOnWorker(this.#options, job, (outcome) => {
      this.#finish(job, outcome.kind === "error" ? "FAILED" : "COMPLETED", outcome);
    });
  }

  /** Its worker died: RunPod gives the job to another one, under the same id and the same TTL. */
  #runAgain(job: SimulatedJob): void {
    const nowMs = this.#options.clock.now();
    this.#release(job);
    const leftMs = job.submittedAtMs + (job.request?.ttlMs ?? 0) - nowMs;
    resetJob(job, nowMs, { ...job.plan, runsTwice: false });
    this.#options.log({ event: "job.requeued", id: job.id });
    this.#enqueue(job, leftMs);
    this.#startWaiting();
  }

  #finish(job: SimulatedJob, status: FinalStatus, outcome: WorkerOutcome | null): void {
    const { clock, log, onFinished } = this.#options;
    this.#release(job);
    Object.assign(job, { status, outcome, progress: null, endedAtMs: clock.now() });
    job.timers.plan(RETENTION_MS, () => this.#forget(job, "retention"));
    log({ event: "job.ended", id: job.id, status, outcome: outcome?.kind ?? null });
    this.#shelf.put(job);
    if (status === "COMPLETED" || status === "FAILED") onFinished(job);
    // Only these can be queued again.
    if (status !== "FAILED" && status !== "TIMED_OUT") job.request = null;
    this.#startWaiting();
  }

  #forget(job: SimulatedJob, reason: "ttl" | "retention" | "purge" | "memory"): void {
    this.#release(job);
    job.endedAtMs ??= this.#options.clock.now();
    Object.assign(job, { status: "DELETED", request: null, outcome: null });
    this.#options.log({ event: "job.deleted", id: job.id, reason });
    this.#startWaiting();
  }

  /** Takes the job out of the queue or off its worker, with all that was planned for it. */
  #release(job: SimulatedJob): void {
    job.timers.cancelAll();
    const index = this.#waiting.indexOf(job);
    if (index !== -1) this.#waiting.splice(index, 1);
    if (job.status === "IN_PROGRESS" && job.workerId !== null) this.#freeWorkers.push(job.workerId);
    for (const open of [job.lives.at(-1), job.executions.at(-1)]) {
      if (open !== undefined) open.toMs ??= this.#options.clock.now();
    }
  }
}
