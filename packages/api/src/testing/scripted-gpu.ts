import {
  type AttemptRequest,
  type GpuBackend,
  type GpuHealth,
  GpuUnauthorized,
  GpuUnavailable,
  readOutput,
  type RunpodFailure,
  type RunpodReport,
  type SubmitOptions,
  type SubmitOutcome,
} from "@ob/runpod";

/** How one submit goes. */
export type SubmitScript =
  | "accept"
  /** Queued, but no answer came. */
  | "drop-answer"
  /** Never arrived, and no answer came. */
  | "drop-request"
  | "rate-limit"
  | "rate-limit-for-years"
  | "no-connection"
  | "bad-key"
  | "bad-request"
  /** This process dies before sending. */
  | "crash-before"
  /** Queued, and this process dies before it hears of it. */
  | "crash-after";

/** How the backend answers questions. */
export type Voice = "clear" | "unavailable" | "unauthorized";

/** This process died here; nothing of what would follow happens. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** The truth about one run on the GPU side. */
export interface Run {
  readonly id: string;
  readonly attempt: AttemptRequest;
  readonly filePrefix: string;
  report: RunpodReport;
}

/** A GPU backend that does what a test says, and knows the truth about every run. */
export interface ScriptedGpu extends GpuBackend {
  readonly runs: readonly Run[];
  /** How the coming submits go; the last one stays. @default accept */
  script(...next: SubmitScript[]): void;
  speak(voice: Voice): void;
  setHealth(health: Partial<GpuHealth>): void;
  /** Called while a submit is under way, before its outcome: what else happens meanwhile. */
  duringSubmit(act: (() => Promise<void>) | null): void;
  /** Ids that were cancelled, in order. */
  readonly cancelled: readonly string[];
  isLive(run: Run): boolean;
}

const ASLEEP: GpuHealth = {
  ready: 1,
  running: 0,
  initializing: 0,
  throttled: 0,
  inQueue: 0,
  inProgress: 0,
};

/** Makes a backend that accepts everything and then waits for its orders. */
export function createScriptedGpu(name = "runpod:scripted"): ScriptedGpu {
  const runs: Run[] = [];
  const cancelled: string[] = [];
  let scripts: SubmitScript[] = [];
  let voice: Voice = "clear";
  let health = ASLEEP;
  let during: (() => Promise<void>) | null = null;

  function queue(attempt: AttemptRequest): Run {
    const id = `run-${runs.length + 1}`;
    const run: Run = {
      id,
      attempt,
      filePrefix: attempt.filePrefix,
      report: { kind: "waiting", queuedMs: null },
    };
    runs.push(run);
    return run;
  }

  function listen(): void {
    if (voice === "unavailable") throw new GpuUnavailable("scripted silence", { status: 503 });
    if (voice === "unauthorized") throw new GpuUnauthorized("scripted refusal", 401);
  }

  return {
    name,
    runs,
    cancelled,
    script(...next) {
      scripts = next;
    },
    speak(next) {
      voice = next;
    },
    setHealth(next) {
      health = { ...health, ...next };
    },
    duringSubmit(act) {
      during = act;
    },
    isLive: (run) => run.report.kind === "waiting" || run.report.kind === "running",
    async submit(attempt, options) {
      const script = (scripts.length > 1 ? scripts.shift() : scripts[0]) ?? "accept";
      if (script === "crash-before") throw new Crash("before the submit");
      const outcome = send(script, attempt, { options, queue });
      await during?.();
      return outcome;
    },
    async report(runpodJobId) {
      listen();
      return runs.find((run) => run.id === runpodJobId)?.report ?? { kind: "gone" };
    },
    async cancel(runpodJobId) {
      listen();
      cancelled.push(runpodJobId);
      const run = runs.find(({ id }) => id === runpodJobId);
      if (run?.report.kind === "waiting" || run?.report.kind === "running") {
        run.report = { kind: "failed", failure: failureOf("CANCELLED", "cancelled") };
      }
    },
    async fetchPictures(output) {
      listen();
      return readOutput(output);
    },
    async health() {
      listen();
      return health;
    },
  };
}

/** A failure as the RunPod client would class it. */
export function failureOf(
  status: RunpodFailure["status"],
  cause: RunpodFailure["cause"],
  message = "scripted",
): RunpodFailure {
  const retriable = cause !== "validation" && cause !== "cancelled";
  return { status, cause, retriable, message };
}

interface Sending {
  readonly options: SubmitOptions;
  readonly queue: (attempt: AttemptRequest) => Run;
}

function send(
  script: SubmitScript,
  attempt: AttemptRequest,
  { options, queue }: Sending,
): SubmitOutcome {
  if (options.onBeforeSend?.() === false) return refused(null, "never sent");
  switch (script) {
    case "accept":
      return { kind: "accepted", runpodJobId: queue(attempt).id };
    case "drop-answer":
      queue(attempt);
      return { kind: "unanswered", cause: new Error("reset") };
    case "drop-request":
      return { kind: "unanswered", cause: new Error("timeout") };
    case "rate-limit":
      return { ...refused(429, "too many"), retryAfterMs: 1_000 };
    case "rate-limit-for-years":
      return { ...refused(429, "too many"), retryAfterMs: 9 * 365 * 86_400_000 };
    case "no-connection":
      return refused(null, "The connection could not be made.");
    case "bad-key":
      return refused(401, "RunPod answered 401 to /run.");
    case "bad-request":
      return refused(400, "RunPod answered 400 to /run.");
    case "crash-after":
      queue(attempt);
      throw new Crash("after the submit");
    case "crash-before":
      throw new Crash("before the submit");
  }
}

function refused(status: number | null, reason: string) {
  return { kind: "refused", status, reason, retryAfterMs: null } as const;
}
