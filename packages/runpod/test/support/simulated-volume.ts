import type { GpuBackend } from "../../src/backend.ts";
import type { FailedExchange } from "../../src/exchange.ts";
import { startVolumeSimulator, type VolumeSimulator } from "../../src/simulator/index.ts";
import { createVolumeClient, type VolumeClientOptions } from "../../src/volume/volume-client.ts";
import { createEventLog, type EventLog, willDraw } from "./event-log.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

export const VOLUME_KEYS = {
  accessKeyId: "user_of_the_volume",
  secretAccessKey: "rps_secret_that_must_not_leak",
};
/** What is asked for when an attempt's pictures are fetched. */
export const WANT = { filePrefix: "ob-attempt-1", maxBytes: 1_000 };
const QUEUE_MS = 500;
const GPU_MS = 4_000;

export interface SimulatedVolume {
  simulator: VolumeSimulator;
  clock: ManualClock;
  events: EventLog;
  client: GpuBackend;
  clientWith(over: Partial<VolumeClientOptions>): GpuBackend;
  failures: FailedExchange[];
  /** Waits of the client, written down instead of waited. */
  waitsMs: number[];
  control(scenario: string): Promise<void>;
  liveJobs(): Promise<number>;
  startJob(id: string): Promise<void>;
  finishJob(id: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** RunPod with the volume handler and its volume, whose time stands still, and a client of both. */
export async function simulatedVolume(): Promise<SimulatedVolume> {
  const clock = createManualClock();
  const events = createEventLog();
  const place = { region: "EUR-IS-1", bucket: "vol-1", ...VOLUME_KEYS };
  const simulator = await startVolumeSimulator({
    port: 0,
    gpuMs: GPU_MS,
    queueMs: QUEUE_MS,
    workers: 2,
    seed: 1,
    clock,
    log: events.log,
    volume: { ...place, now: clock.now },
  });
  const failures: FailedExchange[] = [];
  const waitsMs: number[] = [];
  const clientWith = (over: Partial<VolumeClientOptions>): GpuBackend =>
    createVolumeClient({
      baseUrl: `${simulator.url}/v2`,
      endpointId: "ep1",
      apiKey: "any-key",
      httpTimeoutMs: 30_000,
      fetch,
      volume: {
        id: place.bucket,
        region: place.region,
        endpointUrl: simulator.volume.url,
        ...VOLUME_KEYS,
      },
      onFailedExchange: (exchange) => failures.push(exchange),
      sleep: async (ms) => void waitsMs.push(ms),
      random: () => 0.5,
      now: clock.now,
      ...over,
    });
  return {
    simulator,
    clock,
    events,
    client: clientWith({}),
    clientWith,
    failures,
    waitsMs,
    async control(scenario) {
      const body = JSON.stringify({ scenario });
      const response = await fetch(`${simulator.url}/control`, { method: "POST", body });
      if (!response.ok) throw new Error(`/control answered ${response.status}.`);
    },
    async liveJobs() {
      const answer: unknown = await (await fetch(`${simulator.url}/control/jobs`)).json();
      const text = JSON.stringify(answer);
      return text.split(/"status":"(?:IN_QUEUE|IN_PROGRESS)"/).length - 1;
    },
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
