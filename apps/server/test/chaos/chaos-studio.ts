import { appendFileSync, mkdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choosePort } from "@ob/db/embedded";
import type { Scenario } from "@ob/runpod/simulator";
import { bundleServer } from "./bundle-server.ts";
import { type ChaosDatabase, startChaosDatabase } from "./database.ts";
import { type Counters, createCounters } from "./counters.ts";
import { createReplica, type OwnDeath, type Replica, stillAlive } from "./replica.ts";
import { type SimulatedRun, startSimulatorProcess } from "./simulator-process.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import { PASSED, startWebhookRelay, type WebhookRelay } from "./webhook-relay.ts";

/** The attempt rules in a hurry: the same order of waits, a tenth of them and less. */
export const FIGURES = {
  sendWithinMs: 3_000,
  httpTimeoutMs: 5_000,
  executionTimeoutMs: 15_000,
  ttlMs: 30_000,
  marginMs: 2_000,
  unknownPatienceMs: 15_000,
  deadlineMs: 60_000,
  collectWithinMs: 60_000,
  backoffMs: 300,
  firstPollMs: 300,
  watchedPollMs: 500,
  unwatchedPollMs: 2_000,
  oldPollMs: 4_000,
  oldAfterMs: 20_000,
  leaseMs: 5_000,
  leaseRenewMs: 1_200,
};

/** Everything a studio is made of, each a real process, with a hand on every wire between them. */
export interface ChaosStudio {
  readonly folder: string;
  readonly dataDir: string;
  /** Where users go: whichever replica serves. */
  readonly url: string;
  readonly counters: Counters;
  readonly database: ChaosDatabase;
  /** Between the replicas and PostgreSQL. */
  readonly databaseWire: TcpProxy;
  /** Between users and replicas. */
  readonly front: TcpProxy;
  readonly relay: WebhookRelay;
  readonly replicas: readonly Replica[];
  /** The simulator's, past every hand. */
  readonly gpuUrl: string;
  /** Everything it has said. */
  readonly gpuLogFile: string;
  /** The truth about runs. */
  runs(): Promise<SimulatedRun[]>;
  trouble(scenario: Scenario, times: number): Promise<void>;
  /** Processes that ended by themselves since this was last asked. */
  takeOwnDeaths(): OwnDeath[];
  /** Rejects when a process ends by itself that is not started again: the GPU side, or PostgreSQL. */
  readonly lost: Promise<never>;
  /** Everything works again: all replicas serve, no wire is cut, no scenario is in force. */
  heal(): Promise<void>;
  /** A line of the story of this run, in a file beside the logs of the processes. */
  note(line: string): void;
  /** Ends all of it. @returns the processes that would not end */
  stop(o: { keepFolder: boolean }): Promise<number[]>;
}

/** What may differ from one studio to the next. */
export interface StudioForm {
  /** @default ["a", "b"] */
  readonly replicas?: readonly string[];
  /** How long a lease holds; it is renewed four times as often. @default that of FIGURES */
  readonly leaseMs?: number;
}

export interface ChaosStudioOptions extends StudioForm {
  readonly seed: number;
  readonly gpuMs: number;
  /** Counted on. @default new ones */
  readonly counters?: Counters;
}

/** Starts PostgreSQL, the simulator and the replicas. */
export async function startChaosStudio(o: ChaosStudioOptions): Promise<ChaosStudio> {
  const folder = await mkdtemp(join(tmpdir(), "ob-chaos-"));
  // As root PostgreSQL runs as another user, who must get through to its cluster.
  await chmod(folder, 0o755);
  mkdirSync(join(folder, "logs"));
  const counters = o.counters ?? createCounters();
  const ownDeaths: OwnDeath[] = [];
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const onLost = (death: OwnDeath) => {
    ownDeaths.push(death);
    lost.reject(new Error(`${death.name} ended by itself`));
  };
  const server = bundleServer();
  const database = await startChaosDatabase(folder, { counters, onOwnDeath: onLost });
  const databaseWire = await startTcpProxy({ target: () => database.port });
  const simulator = await startSimulatorProcess(folder, { ...o, workers: 4 });
  let stopping = false;
  void simulator.program.exited.then((end) => {
    const { pid, lastWords } = simulator.program;
    if (!stopping) onLost({ name: "simulator", pid, ...end, lastWords: lastWords() });
  });
  const serving = () => replicas.filter((replica) => replica.isServing());
  let turn = 0;
  const front = await startTcpProxy({
    target: () => {
      const up = serving();
      turn += 1;
      return up[turn % Math.max(1, up.length)]?.port ?? null;
    },
    label: (chunk) =>
      /^(GET|POST|PUT|HEAD) \/\S{0,60}/.exec(chunk.toString("latin1", 0, 80))?.[0] ?? null,
  });
  const url = `http://127.0.0.1:${front.port}`;
  const relay = await startWebhookRelay(() => url);
  const dataDir = join(folder, "studio");
  const leases = o.leaseMs === undefined ? {} : leasesOf(o.leaseMs);
  const figures = { ...FIGURES, ...leases };
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: throughWire(database.url, databaseWire.port),
    AUTH_SECRET: "auth-secret-of-the-chaos-0123456789abcdef",
    PUBLIC_URL: relay.origin,
    GPU_BACKEND: "runpod",
    RUNPOD_ENDPOINT_ID: "chaos",
    RUNPOD_API_KEY: "rpa_key_of_the_chaos_0123456789",
    RUNPOD_BASE_URL: `${simulator.url}/v2`,
    GPU_FIGURES: Object.entries(figures)
      .map(([name, value]) => `${name}=${value}`)
      .join(","),
  };
  // The condition is for the worker threads, which start from their sources.
  const args = ["--conditions=ob-source", await server];
  const replicas: Replica[] = [];
  for (const name of o.replicas ?? ["a", "b"]) {
    const logFile = join(folder, "logs", `${name}.log`);
    const onOwnDeath = (death: OwnDeath) => void ownDeaths.push(death);
    const port = await choosePort();
    replicas.push(createReplica({ name, port, args, environment, logFile, counters, onOwnDeath }));
  }

  async function trouble(scenario: Scenario, times: number): Promise<void> {
    await simulator.trouble(scenario, times);
    if (scenario !== "ok")
      counters.gpuTroubles[scenario] = (counters.gpuTroubles[scenario] ?? 0) + times;
  }
  async function heal(): Promise<void> {
    databaseWire.cutAfter(() => false, 0);
    databaseWire.endSilence();
    relay.plan(PASSED);
    await trouble("ok", 1);
    for (const replica of replicas) replica.resume();
    await Promise.all(replicas.map((replica) => replica.start()));
  }
  function note(line: string): void {
    const text = `${new Date().toISOString()} ${line}\n`;
    appendFileSync(join(folder, "logs", "chaos.log"), text);
  }
  const studio: ChaosStudio = {
    folder,
    dataDir,
    url,
    counters,
    database,
    databaseWire,
    front,
    relay,
    replicas,
    gpuUrl: simulator.url,
    gpuLogFile: simulator.logFile,
    runs: simulator.runs,
    trouble,
    takeOwnDeaths: () => ownDeaths.splice(0),
    lost: lost.promise,
    heal,
    note,
    async stop({ keepFolder }) {
      stopping = true;
      const pids = new Set([simulator.program.pid, ...database.pids()]);
      for (const replica of replicas) {
        const pid = replica.pid();
        if (pid !== null) pids.add(pid);
      }
      await Promise.all(replicas.map((replica) => replica.end()));
      simulator.program.kill("SIGTERM");
      await simulator.program.exited;
      await relay.stop();
      await front.stop();
      await databaseWire.stop();
      await database.stop();
      const left = await stillAlive(pids);
      if (!keepFolder) await rm(folder, { recursive: true, force: true });
      return left;
    },
  };
  try {
    // One after the other: the first makes the tables.
    for (const replica of replicas) await replica.start();
  } catch (thrown) {
    await studio.stop({ keepFolder: false });
    throw thrown;
  }
  return studio;
}

function leasesOf(leaseMs: number): Pick<typeof FIGURES, "leaseMs" | "leaseRenewMs"> {
  return { leaseMs, leaseRenewMs: Math.floor(leaseMs / 4) };
}

function throughWire(url: string, port: number): string {
  const through = new URL(url);
  through.port = String(port);
  return through.href;
}
