import type { Clock } from "../clock.ts";
import type { JobTruth } from "../job.ts";
import type { ComfyuiControl } from "./mishaps.ts";

/** What one simulated ComfyUI is like; durations in ms of its own clock. */
export interface ComfyuiSimulatorOptions {
  /** 0: any free port. */
  port: number;
  /** Loopback only: the controls have no key. @default "127.0.0.1" */
  host?: string;
  /** How long a picture takes. */
  gpuMs: number;
  /** How long a prompt waits at least before it runs; ComfyUI itself begins at once. @default 0 */
  queueMs?: number;
  /** How long a running prompt takes to notice `/interrupt`. @default 0 */
  interruptMs?: number;
  /** Changes every picture. */
  seed: number;
  /** How many ended prompts `/history` keeps. @default 10000, as ComfyUI */
  historySize?: number;
  /** Whether it sends preview frames; ComfyUI does only with `--preview-method`. @default false */
  previews?: boolean;
  /** What a proxy in front asks for in `authorization`. @default null: nothing is asked for */
  authorization?: string | null;
  /** As before September 2025: `/interrupt` reads no id and ends whatever runs. @default false */
  interruptsAnything?: boolean;
  /** @default "0.14.1" */
  version?: string;
  /** Gets one object per event; never pictures, prompts or credentials. */
  log?: (line: object) => void;
  /** Runs all times this many times as fast. @default 1 */
  timeScale?: number;
  /** @default the system's clock at `timeScale` */
  clock?: Clock;
}

/** The truth about one prompt, kept after ComfyUI has forgotten it. */
export interface PromptTruth extends JobTruth {
  /** Whether somebody else queued it. */
  isForeign: boolean;
  /** Whether `/interrupt` ended it. */
  wasInterrupted: boolean;
}

export interface ComfyuiSimulator {
  /** `http://host:port`, as `COMFYUI_URL` takes it. */
  url: string;
  port: number;
  /** As `POST /control` does. */
  control(control: ComfyuiControl): void;
  /** As `GET /control/jobs` does. */
  truth(): PromptTruth[];
  /** How many websockets are open. */
  sockets(): number;
  /** Ends all prompts, timers and connections. */
  stop(): Promise<void>;
}
