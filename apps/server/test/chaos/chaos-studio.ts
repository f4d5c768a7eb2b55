import { appendFileSync, mkdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { choosePort, endWithUs } from "@ob/db/embedded";
import type { Scenario } from "@ob/runpod/simulator";
import { parsed, trusted } from "../support/trusted.ts";
import { type ChaosDatabase, startChaosDatabase } from "./database.ts";
import { type Counters, createCounters } from "./counters.ts";
import { createReplica, type Replica, stillAlive } from "./replica.ts";
import { type RunningProgram, startProgram } from "./running-program.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import { PASSED, startWebhookRelay, type WebhookRelay } from "./webhook-relay.ts";

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The sources themselves: nothing that was built before can stand in for them. */
const SERVER = ["--conditions=ob-source", pathOf("../../src/main.ts")];
const SIMULATOR = [
  "--conditions=ob-source",
  pathOf("../../../../packages/runpod/src/simulator/main.ts"),
];

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

/** A run as the simulator remembers it; times in epoch ms. */
export interface SimulatedRun {
  id: string;
  status: string;
  filePrefix: string | null;
  submittedAtMs: number;
  endedAtMs: number | null;
}

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
  readonly replicas: readonly [Replica, Replica];
  /** The simulator's, past every hand. */
  readonly gpuUrl: string;
  /** The truth about runs. */
  runs(): Promise<SimulatedRun[]>;
  trouble(scenario: Scenario, times: number): Promise<void>;
  /** Everything works again: both replicas serve, no wire is cut, no scenario is in force. */
  heal(): Promise<void>;
  /** A line of the story of this run, in a file beside the logs of the processes. */
  note(line: string): void;
  /** Ends all of it. @returns the processes that would not end */
  stop(o: { keepFolder: boolean }): Promise<number[]>;
}

/** Starts PostgreSQL, the simulator and both replicas. */
export async function startChaosStudio(o: { seed: number; gpuMs: number }): Promise<ChaosStudio> {
  const folder = await mkdtemp(join(tmpdir(), "ob-chaos-"));
  // As root PostgreSQL runs as another user, who must get through to its cluster.
  await chmod(folder, 0o755);
  mkdirSync(join(folder, "logs"));
  const counters = createCounters();
  const database = await startChaosDatabase(folder, counters);
  const databaseWire = await startTcpProxy({ target: () => database.port });
  const simulator = await startSimulatorProcess(folder, o);
  const ports = [await choosePort(), await choosePort()] as const;
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
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: throughWire(database.url, databaseWire.port),
    AUTH_SECRET: "auth-secret-of-the-chaos-0123456789abcdef",
    PUBLIC_URL: relay.origin,
    GPU_BACKEND: "runpod",
    RUNPOD_ENDPOINT_ID: "chaos",
    RUNPOD_API_KEY: "rpa_key_of_the_chaos_0123456789",
    RUNPOD_BASE_URL: `${simulator.url}/v2`,
    GPU_FIGURES: Object.entries(FIGURES)
      .map(([name, value]) => `${name}=${value}`)
      .join(","),
  };
  const replicaOf = (name: string, port: number) => {
    const logFile = join(folder, "logs", `${name}.log`);
    return createReplica({ name, port, args: SERVER, environment, logFile, counters });
  };
  const replicas = [replicaOf("a", ports[0]), replicaOf("b", ports[1])] as const;

  async function runs(): Promise<SimulatedRun[]> {
    const answer: unknown = await (await fetch(`${simulator.url}/control/jobs`)).json();
    return trusted(answer);
  }
  async function trouble(scenario: Scenario, times: number): Promise<void> {
    const answer = await fetch(`${simulator.url}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ scenario, times }),
    });
    if (!answer.ok) throw new Error(`the simulator does not know ${scenario}`);
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
  // One after the other: the first makes the tables.
  for (const replica of replicas) await replica.start();

  return {
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
    runs,
    trouble,
    heal,
    note,
    async stop({ keepFolder }) {
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
}

function throughWire(url: string, port: number): string {
  const through = new URL(url);
  through.port = String(port);
  return through.href;
}

async function startSimulatorProcess(
  folder: string,
  o: { seed: number; gpuMs: number },
): Promise<{ program: RunningProgram; url: string }> {
  const figures = { "--gpu-ms": o.gpuMs, "--queue-ms": 50, "--workers": 4, "--seed": o.seed };
  const program = startProgram({
    args: [
      ...SIMULATOR,
      ...Object.entries(figures).flatMap(([name, value]) => [name, String(value)]),
    ],
    environment: {},
    logFile: join(folder, "logs", "simulator.log"),
  });
  void program.exited.then(endWithUs(program.pid));
  const said = await program.line((line) => line.startsWith('{"url"'));
  return { program, url: parsed<{ url: string }>(said).url };
}
