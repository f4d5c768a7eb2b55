import { jobWakeV1 } from "@ob/db";
import type { RunpodReport } from "@ob/runpod";
import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { AppError } from "../src/domain/app-error.ts";
import { bindWebhookJob } from "../src/services/jobs/drive/bind-webhook-job.ts";
import { cancelJob } from "../src/services/jobs/cancel-job.ts";
import { createJob } from "../src/services/jobs/create-job.ts";
import type { CallerContext } from "../src/services/context.ts";
import { readBalance } from "../src/services/credits/read-balance.ts";
import { DEFAULT_GPU_SETTINGS } from "../src/domain/gpu-settings.ts";
import {
  completedReport,
  failureOf,
  newJob,
  type Run,
  setup,
  type SubmitScript,
  type World,
} from "../src/testing/index.ts";

// Random worlds over the real database and the real driver's verbs: submits that fail in every way,
// reports in any order, wishes, webhooks of any id, processes that die, disks that are full. After
// every step all invariants hold; at the end everything has ended and the credits add up. A few of
// them: the many are in `worlds/`, over rows that are held equal to the database's.

const CREDITS = 60;
const STEPS = 40;
const LIVES = 3;
/** What an owner may be told: too few credits, or a GPU side that was seen to be down. */
const REFUSALS: ReadonlySet<string> = new Set(["INSUFFICIENT_CREDITS", "GPU_UNAVAILABLE"]);
const RETENTION_MS = 30 * 60_000;
const { ttlMs } = DEFAULT_GPU_SETTINGS;

type Step =
  | { do: "create"; mode: "fast" | "quality" }
  | { do: "drive" }
  | { do: "advance"; ms: number }
  | { do: "script"; script: SubmitScript }
  | { do: "report"; run: number; as: ReportKind }
  | { do: "cancel"; job: number }
  | { do: "webhook"; job: number; run: number }
  | { do: "voice"; voice: "clear" | "unavailable" | "unauthorized" }
  | { do: "failPuts"; times: number };
type ReportKind =
  | "running"
  | "completed"
  | "no-output"
  | "foreign"
  | "oom"
  | "invalid"
  | "timeout"
  | "gone";

const index = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("create" as const),
      mode: fc.constantFrom("fast" as const, "quality" as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("drive" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      ms: fc.constantFrom(1_000, 5_000, 25_000, 90_000, 400_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("script" as const),
      script: fc.constantFrom<SubmitScript>(
        "accept",
        "accept",
        "drop-answer",
        "drop-request",
        "rate-limit",
        "no-connection",
        "bad-key",
        "bad-request",
        "crash-before",
        "crash-after",
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("report" as const),
      run: index,
      as: fc.constantFrom<ReportKind>(
        "running",
        "running",
        "completed",
        "completed",
        "no-output",
        "foreign",
        "oom",
        "invalid",
        "timeout",
        "gone",
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), job: index }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("webhook" as const), job: index, run: index }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("voice" as const),
      voice: fc.constantFrom(
        "clear" as const,
        "clear" as const,
        "unavailable" as const,
        "unauthorized" as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("failPuts" as const), times: fc.nat({ max: 4 }) }),
  },
);

/** One life: an owner, his jobs, and the runs they led to. */
class Life {
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

/** The first life of each world: one job is drawn, one is cancelled, whatever else is drawn by lot. */
const ORDINARY: Step[] = [
  { do: "create", mode: "fast" },
  { do: "create", mode: "fast" },
  { do: "drive" },
  { do: "report", run: 0, as: "completed" },
  { do: "cancel", job: 1 },
  { do: "advance", ms: 5_000 },
  { do: "drive" },
];

/** Worlds of their own, so that none grows too large to be checked after every step. */
const worlds = Array.from({ length: inject("rounds") }, (_, n) => n + 1);

test.each(worlds)(
  "whatever happens, no job runs twice at once, no credit is lost, and everything ends (%i)",
  async () => {
    const world = await setup({ poolSize: 2 });
    const endings = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: STEPS }), async (steps) => {
        const caller = await world.addOwner(CREDITS);
        const picture = { kind: "image", width: 96, height: 64 } as const;
        const life = new Life(world, caller, await world.addAsset(caller, picture));
        for (const next of steps) {
          await life.take(next);
          expect(await life.jobsRunTwice()).toEqual([]);
        }
        await life.settle();
        const { open, balance, owed } = await life.account();
        expect({ open, balance }).toEqual({ open: 0, balance: owed });
      }),
      { numRuns: LIVES, endOnFailure: true, examples: [[ORDINARY]] },
    );
    const rows = await world.sql<{ status: string; n: number }[]>`
    select status, count(*)::int as n from jobs group by status`;
    for (const { status, n } of rows) endings.set(status, n);
    // A model whose jobs never come to any of the ends would prove nothing.
    expect([...endings.keys()].length).toBeGreaterThan(1);
  },
);
