import { createComfyuiBackend, type ComfyuiBackend } from "../../src/comfyui/comfyui-backend.ts";
import type { FailedExchange } from "../../src/exchange.ts";
import {
  startComfyuiSimulator,
  type ComfyuiScenario,
  type ComfyuiSimulator,
  type ComfyuiSimulatorOptions,
} from "../../src/simulator/index.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

export const QUEUE_MS = 500;
export const GPU_MS = 4_000;
export const KEY = "Bearer proxy-key-that-must-not-leak";

export interface SimulatedComfyui {
  url: string;
  clock: ManualClock;
  events: EventLog;
  simulator: ComfyuiSimulator;
  backend: ComfyuiBackend;
  /** Told by every backend of this side. */
  failures: FailedExchange[];
  /** Prompts whose end the websocket has announced to `backend`. */
  ended: string[];
  /** Another process of ours, or one with another key. */
  otherBackend(o?: { authorization?: string; fetch?: typeof fetch }): ComfyuiBackend;
  control(scenario: ComfyuiScenario, times?: number): void;
  live(): number;
  startJob(id: string): Promise<void>;
  finishJob(id: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A ComfyUI over real HTTP and websocket whose time stands still, and a backend of it. */
export async function simulatedComfyui(
  o: Partial<ComfyuiSimulatorOptions> = {},
): Promise<SimulatedComfyui> {
  const clock = createManualClock();
  const events = createEventLog();
  const simulator = await startComfyuiSimulator({
    port: 0,
    gpuMs: GPU_MS,
    queueMs: QUEUE_MS,
    seed: 1,
    clock,
    authorization: KEY,
    log: events.log,
    ...o,
  });
  const failures: FailedExchange[] = [];
  const ended: string[] = [];
  const opened: ComfyuiBackend[] = [];
  function open(authorization: string, fetchWith: typeof fetch = fetch): ComfyuiBackend {
    const backend = createComfyuiBackend({
      url: simulator.url,
      headers: { authorization },
      httpTimeoutMs: 10_000,
      fetch: fetchWith,
      now: clock.now,
      random: () => 0.5,
      sleep: async () => undefined,
      onFailedExchange: (exchange) => failures.push(exchange),
      onEnded: (id) => ended.push(id),
    });
    opened.push(backend);
    return backend;
  }
  return {
    url: simulator.url,
    clock,
    events,
    simulator,
    failures,
    ended,
    backend: open(KEY),
    otherBackend: (other = {}) => open(other.authorization ?? KEY, other.fetch),
    control: (scenario, times = 1) => simulator.control({ scenario, times }),
    live() {
      const truth = simulator.truth().filter(({ isForeign }) => !isForeign);
      return truth.filter(({ status }) => status === "IN_QUEUE" || status === "IN_PROGRESS").length;
    },
    async startJob(id) {
      await clock.advance(QUEUE_MS);
      await events.seen({ event: "prompt.started", id });
    },
    async finishJob(id) {
      const over = events.seen({ event: "prompt.ended", id });
      await clock.advance(QUEUE_MS);
      await events.seen({ event: "prompt.drawn", id });
      await clock.advance(GPU_MS);
      await over;
    },
    async [Symbol.asyncDispose]() {
      for (const backend of opened) backend.close();
      await simulator.stop();
    },
  };
}
