import type { ApiGraph } from "@ob/workflow";

/** One picture sent along with the graph; `name` is the flat file name its LoadImage node refers to. */
export interface AttemptImage {
  name: string;
  bytes: Uint8Array;
}

/** Everything one attempt sends to a GPU. */
export interface AttemptRequest {
  graph: ApiGraph;
  images: readonly AttemptImage[];
  /** Start of the output's file name; random per attempt, and in the graph's one output node. */
  filePrefix: string;
  /** Called by the backend when the job ends; `null`: the job is only polled. */
  webhookUrl: string | null;
  /** Longest time on a worker, in ms. */
  executionTimeoutMs: number;
  /** Longest life counted from submit, in ms; the job is deleted then, whatever its state. */
  ttlMs: number;
}

/** How a submit is given up, and asked about a last time. */
export interface SubmitOptions {
  signal: AbortSignal;
  /** Asked just before bytes leave; `false` means nothing is sent. */
  onBeforeSend?: () => boolean;
}

/** What one submit proved. */
export type SubmitOutcome =
  | { kind: "accepted"; runpodJobId: string }
  /** Surely not queued. `status` is `null` when it failed before any byte was sent. */
  | { kind: "refused"; status: number | null; reason: string; retryAfterMs: number | null }
  /** May be queued: never submit again before the attempt's `deadAfter`. */
  | { kind: "unanswered"; cause: unknown };

/** Sampler steps done, `0 <= value <= max`. */
export interface StepProgress {
  value: number;
  max: number;
}

export type RunpodFailureCause =
  | "validation"
  | "out-of-memory"
  | "timeout"
  | "cancelled"
  | "worker"
  | "unknown";

/** How a job ended that gave no picture. */
export interface RunpodFailure {
  status: "FAILED" | "TIMED_OUT" | "CANCELLED";
  cause: RunpodFailureCause;
  /** Whether the same request may succeed on another try. */
  retriable: boolean;
  /** For operators, at most 2,000 characters; never shown to users. */
  message: string;
}

/** One picture of a finished job; `filename` is ComfyUI's own, or "" where a worker names none. */
export interface OutputImage {
  filename: string;
  bytes: Uint8Array;
}

/** `nothing`: no picture was there; `unreadable`: something was, but no picture we can take. */
export type OutputReading =
  | { kind: "images"; images: OutputImage[] }
  | { kind: "nothing" }
  | { kind: "unreadable"; reason: string };

/** Which pictures of an output are wanted. */
export interface WantedPictures {
  filePrefix: string;
  maxBytes: number;
}

/** What the backend says about one attempt. */
export type RunpodReport =
  | { kind: "waiting"; queuedMs: number | null }
  | { kind: "running"; progress: StepProgress | null }
  | { kind: "completed"; output: unknown; delayMs: number | null; executionMs: number | null }
  | { kind: "failed"; failure: RunpodFailure }
  /** Unknown id, TTL passed, or the result's 30 minutes are over. */
  | { kind: "gone" };

/** Workers (`ready`, `running`, `initializing`, `throttled`) and jobs (`inQueue`, `inProgress`). */
export interface GpuHealth {
  ready: number;
  running: number;
  initializing: number;
  throttled: number;
  inQueue: number;
  inProgress: number;
}

/** What an attempt may have left with its backend, by the names it was sent under. */
export interface Leftovers {
  filePrefix: string;
  /** Of its `AttemptImage`s. */
  imageNames: readonly string[];
}

/** The GPU port: every backend passes the same contract suite. */
export interface GpuBackend {
  /** Names the backend in rows and logs, e.g. `runpod:<endpointId>`. */
  readonly name: string;
  /**
   * Brings an attempt's pictures to where its submit wants them. Called before the intent is written,
   * so that slow uploads take nothing of the seconds within which an intent must be sent; where it was
   * not, `submit` does it itself. Queues nothing, is safe to repeat; absent = nothing to bring.
   * @throws {GpuUnavailable} | {GpuUnauthorized} as `report`
   */
  prepare?(attempt: AttemptRequest, signal: AbortSignal): Promise<void>;
  /** Sends one attempt. Makes at most one request and never throws for what the other side did. */
  submit(attempt: AttemptRequest, options: SubmitOptions): Promise<SubmitOutcome>;
  /**
   * Reads one attempt; safe to repeat.
   * @throws {GpuUnavailable} after 3 tries on 429, 5xx, no network or an unreadable answer
   * @throws {GpuUnauthorized} on 401 or 403, or on 404 while the endpoint refuses our key
   */
  report(runpodJobId: string, signal: AbortSignal): Promise<RunpodReport>;
  /**
   * The id of an attempt that the other side has taken in although no answer told so, by its file
   * prefix alone; `null` = it is not there, which proves nothing while it may be on its way. Absent =
   * the other side chooses the ids and cannot be asked. @throws as `report`
   */
  find?(filePrefix: string, signal: AbortSignal): Promise<string | null>;
  /** Asks for the end of one attempt, best effort; an unknown id is no error. @throws as `report` */
  cancel(runpodJobId: string, signal: AbortSignal): Promise<void>;
  /**
   * Fetches the pictures of a completed attempt from the `output` that `report` gave; safe to repeat.
   * Only from where this backend's pictures are expected, and never more than `maxBytes` in all.
   * @throws {GpuUnavailable} when they may be had later; {GpuUnauthorized} as `report`
   */
  fetchPictures(output: unknown, want: WantedPictures, signal: AbortSignal): Promise<OutputReading>;
  /**
   * Deletes what an attempt left behind that has ended or was never begun; safe to repeat, and worth no
   * second try: where there is a `sweep` it comes by, and without one (a ComfyUI server deletes no file
   * by its age) what is missed stays. Absent = nothing is left, or nothing can be deleted.
   * @throws as `report`
   */
  discard?(leftovers: Leftovers, signal: AbortSignal): Promise<void>;
  /**
   * Deletes whatever attempts left behind before `before`; absent = it cannot tell what is old.
   * @returns how many files. @throws as `report`
   */
  sweep?(before: Date, signal: AbortSignal): Promise<number>;
  /** Counts workers and jobs. @throws as `report` */
  health(signal: AbortSignal): Promise<GpuHealth>;
}
