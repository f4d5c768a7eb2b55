import type { Clock } from "./clock.ts";
import type { WorkerRun } from "./worker/comfy-worker.ts";

/** What one simulator is like; durations in ms of its own clock. */
export interface SimulatorOptions {
  /** 0: any free port. */
  port: number;
  /** Loopback only: there is no real key, and the controls have none. @default "127.0.0.1" */
  host?: string;
  /** How long a picture takes on a worker. */
  gpuMs: number;
  /** How long a job waits at least before a worker takes it. */
  queueMs: number;
  /** Workers per endpoint. */
  workers: number;
  /** Changes every picture. */
  seed: number;
  /** Gets one object per event; never inputs, keys or webhook URLs. */
  log?: (line: object) => void;
  /** Runs all of RunPod's times this many times as fast. @default 1 */
  timeScale?: number;
  /** @default the system's clock at `timeScale` */
  clock?: Clock;
  /** What every worker runs. @default the handler of worker-comfyui */
  handler?: (input: unknown) => WorkerRun;
  /** Turns away what passes RunPod's rate limits. @default false */
  limits?: boolean;
  /** All workers of an endpoint keep their input files in one folder. @default each has its own */
  sharedInput?: boolean;
}

export interface Simulator {
  /** `http://host:port`; RunPod's base URL is `${url}/v2`. */
  url: string;
  port: number;
  /** Ends all jobs, timers and connections. */
  stop(): Promise<void>;
}
