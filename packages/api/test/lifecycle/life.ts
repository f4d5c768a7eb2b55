import { jobWakeV1 } from "@ob/db";
import type { RunpodReport } from "@ob/runpod";
import { AppError } from "../../src/domain/app-error.ts";
import { DEFAULT_GPU_SETTINGS } from "../../src/domain/gpu-settings.ts";
import type { CallerContext } from "../../src/services/context.ts";
import { readBalance } from "../../src/services/credits/read-balance.ts";
import { cancelJob } from "../../src/services/jobs/cancel-job.ts";
import { createJob } from "../../src/services/jobs/create-job.ts";
import { bindWebhookJob } from "../../src/services/jobs/drive/bind-webhook-job.ts";
import {
  completedReport,
  failureOf,
  newJob,
  type Run,
  type World,
} from "../../src/testing/index.ts";
import type { ReportKind, Step } from "./steps.ts";

/** What an owner has at first. */
export const CREDITS = 60;
/** What an owner may be told: too few credits, or a GPU side that was seen to be down. */
const REFUSALS: ReadonlySet<string> = new Set(["INSUFFICIENT_CREDITS", "GPU_UNAVAILABLE"]);
const RETENTION_MS = 30 * 60_000;
const { ttlMs } = DEFAULT_GPU_SETTINGS;

/** One life: an owner, his jobs, and the runs they led to. */
export class Life {
  readonly #world: World;
  readonly #caller: CallerContext;
  readonly #imageAssetId: string;
  readonly #firstRun: number;
  readonly #born = new Map<Run, number>();
  readonly #jobs: string[] = [];

  constructor(world: World, caller: CallerContext, imageAssetId: string) {
    this.#world = world;
    this.#caller = caller;
    this.#imageAssetId = imageAssetId;
    this.#firstRun = world.gpu.runs.length;
  }

  async take(step: Step): Promise<void> {
    const { gpu, clock, services, store } = this.#world;
    switch (step.do) {
      case "create":
        return this.#create(step.mode);
      case "drive":
        await this.#world.driveDue();
        return this.#noteBirths();
      case "advance":
        clock.advance(step.ms);
        return this.#age();
      case "script":
        return gpu.script(step.script);
      case "report":
        return this.#report(step.run, step.as);
      case "cancel":
        return this.#cancel(step.job);
      case "webhook": {
        const run = this.#run(step.run);
        const jobId = this.#jobs[step.job];
        if (run === undefined || jobId === undefined) return;
        for (const { id } of await services.sql<{ id: string }[]>`
          select id from attempts where job_id = ${jobId}`) {
          const named = { attemptId: id, runpodJobId: run.id };
          await bindWebhookJob(services, named, new AbortController().signal);
        }
        return jobWakeV1(services.sql, { jobId, now: clock.now() });
      }
      case "voice":
        return gpu.speak(step.voice);
      case "failPuts":
        return store.failPuts(step.times);
    }
  }

  /** Jobs with more than one live run on the GPU side; every other invariant is checked here. @throws */
  async jobsRunTwice(): Promise<string[]> {
    await this.#world.checkInvariants({ liveness: false });
    const live = this.#world.gpu.runs.filter((run) => this.#world.gpu.isLive(run));
    const prefixes = live.map(({ filePrefix }) => filePrefix);
    const rows = await this.#world.sql<{ job_id: string }[]>`
      select job_id from attempts where file_prefix = any(${prefixes})
      group by job_id having count(*) > 1`;
    return rows.map((row) => row.job_id);
  }

  /** Lets everything come to its end undisturbed. */
  async settle(): Promise<void> {
    const { gpu, clock, store, sql } = this.#world;
    gpu.speak("clear");
    gpu.script("accept");
    store.failPuts(0);
    for (let look = 0; look < 200; look += 1) {
      const [open] = await sql<{ n: number }[]>`
        select count(*)::int as n from jobs j
        where j.finished_at is null or exists (select from attempts a
          where a.job_id = j.id and a.state in ('intent', 'submitted', 'unknown'))`;
      if (open?.n === 0) break;
      clock.advance(15_000);
      this.#age();
      await this.#world.driveDue();
      this.#noteBirths();
    }
    await this.#world.checkInvariants();
  }

  /** What the owner has, and what he should have: everything but the price of what he got. */
  async account() {
    const { ownerId } = this.#caller;
    const rows = await this.#world.sql<{ open: number; spent: number }[]>`
      select count(*) filter (where finished_at is null)::int as open,
        coalesce(sum(credits) filter (where status = 'done'), 0)::int as spent
      from jobs where owner_id = ${ownerId}`;
    const { open, spent } = rows[0] ?? { open: 0, spent: 0 };
    const balance = await readBalance(this.#caller);
    return { open, balance, owed: { available: CREDITS - spent, held: 0 } };
  }

  async #create(mode: string): Promise<void> {
    const request = newJob({ imageAssetId: this.#imageAssetId, mode });
    try {
      this.#jobs.push((await createJob(this.#caller, request)).id);
    } catch (error) {
      if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
    }
  }

  async #cancel(at: number): Promise<void> {
    const jobId = this.#jobs[at];
    if (jobId === undefined) return;
    try {
      await cancelJob(this.#caller, { jobId });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "JOB_NOT_CANCELLABLE") throw error;
    }
  }

  #run(at: number): Run | undefined {
    return this.#world.gpu.runs[this.#firstRun + at];
  }

  #report(at: number, as: ReportKind): void {
    const run = this.#run(at);
    // What has ended on the GPU side stays as it ended.
    if (run === undefined || !this.#world.gpu.isLive(run)) return;
    run.report = REPORTS[as](run);
  }

  #noteBirths(): void {
    for (const run of this.#world.gpu.runs) {
      if (!this.#born.has(run)) this.#born.set(run, this.#world.clock.now().getTime());
    }
  }

  /** RunPod kills what is older than its TTL and forgets results after half an hour. */
  #age(): void {
    const nowMs = this.#world.clock.now().getTime();
    for (const [run, bornMs] of this.#born) {
      const limitMs = this.#world.gpu.isLive(run) ? ttlMs : RETENTION_MS;
      if (nowMs - bornMs >= limitMs) run.report = { kind: "gone" };
    }
  }
}

const REPORTS = {
  running: () => ({ kind: "running", progress: { value: 1, max: 4 } }),
  completed: (run) => completedReport(run),
  "no-output": () => ({ kind: "completed", output: null, delayMs: 1, executionMs: 1 }),
  foreign: (run) => completedReport({ ...run, filePrefix: "ob-somebody-else" }),
  oom: () => ({ kind: "failed", failure: failureOf("FAILED", "out-of-memory") }),
  invalid: () => ({ kind: "failed", failure: failureOf("FAILED", "validation") }),
  timeout: () => ({ kind: "failed", failure: failureOf("TIMED_OUT", "timeout") }),
  gone: () => ({ kind: "gone" }),
} as const satisfies Record<ReportKind, (run: Run) => RunpodReport>;
