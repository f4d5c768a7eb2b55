import { z } from "zod";

import { createRunpodClient } from "../../src/client.ts";
import type { GpuBackend } from "../../src/backend.ts";
import type { FailedExchange } from "../../src/exchange.ts";
import { type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { createEventLog, type EventLog, willDraw } from "./event-log.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

const Truth = z.array(
  z.object({ id: z.string(), status: z.string(), filePrefix: z.string().nullable() }),
);

export interface SimulatedRunpod {
  url: string;
  clock: ManualClock;
  events: EventLog;
  client: GpuBackend;
  clientWithKey(apiKey: string): GpuBackend;
  /** Told by every client of this side, oldest first. */
  failures: readonly FailedExchange[];
  /** Sends one raw request under `/v2/ep1`. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  control(scenario: string, times?: number): Promise<void>;
  truth(): Promise<z.infer<typeof Truth>>;
  /** Lets the job be taken by a worker. */
  startJob(id: string): Promise<void>;
  /** Lets the job run to its end, however long it draws. */
  finishJob(id: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const QUEUE_MS = 500;
export const GPU_MS = 4_000;

/** A simulator over real HTTP whose time stands still, and a client of it. */
export async function simulatedRunpod(o: Partial<SimulatorOptions> = {}): Promise<SimulatedRunpod> {
  const clock = createManualClock();
  const events = createEventLog();
  const simulator = await startSimulator({
    port: 0,
    gpuMs: GPU_MS,
    queueMs: QUEUE_MS,
    workers: 2,
    seed: 1,
    clock,
    log: events.log,
    ...o,
  });
  const failures: FailedExchange[] = [];
  const clientWithKey = (apiKey: string): GpuBackend =>
    createRunpodClient({
      baseUrl: `${simulator.url}/v2`,
      endpointId: "ep1",
      apiKey,
      httpTimeoutMs: 10_000,
      fetch,
      outputHosts: ["127.0.0.1"],
      allowLoopbackOutputs: true,
      onFailedExchange: (exchange) => failures.push(exchange),
      sleep: async () => undefined,
    });
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(simulator.url + path, { method: "POST", body: JSON.stringify(body) });
  return {
    url: simulator.url,
    clock,
    events,
    clientWithKey,
    failures,
    client: clientWithKey("any-key"),
    request: (method, path, body) =>
      fetch(`${simulator.url}/v2/ep1${path}`, {
        method,
        headers: { authorization: "Bearer any-key" },
        ...(body === undefined
          ? {}
          : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async control(scenario, times) {
      const response = await post("/control", { scenario, times });
      if (!response.ok) throw new Error(`/control answered ${response.status}.`);
    },
    truth: async () => Truth.parse(await (await fetch(`${simulator.url}/control/jobs`)).json()),
    async startJob(id) {
      await clock.advance(QUEUE_MS);
      await events.seen({ event: "job.started", id });
    },
    async finishJob(id) {
      const ended = events.seen({ event: "job.ended", id });
      await clock.advance(QUEUE_MS);
      // Only a job that is to end well draws; any other ends by the clock alone.
      if (willDraw(events, id)) await events.seen({ event: "job.drawn", id });
      await clock.advance(GPU_MS);
      await ended;
    },
    [Symbol.asyncDispose]: () => simulator.stop(),
  };
}
