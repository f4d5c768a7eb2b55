import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import { startSimulator, type Simulator } from "@ob/runpod/simulator";
import { secretsOf } from "../../src/boot/secrets-of.ts";
import { drainReplica } from "../../src/boot/drain-replica.ts";
import { type Replica, type ReplicaOptions, startReplica } from "../../src/boot/start-replica.ts";
import { readEnv } from "../../src/env.ts";
import { createLog } from "../../src/log.ts";

export interface StudioOptions {
  /** On top of the defaults of a test. */
  environment?: Record<string, string>;
  /** Of simulated GPU work. @default 50 */
  gpuMs?: number;
  checkInvariants?: boolean;
  /** @default the released services */
  catalogue?: NonNullable<ReplicaOptions["catalogue"]>;
}

/** A whole studio over real HTTP: real PostgreSQL, the simulator, one replica in this process. */
export interface Studio {
  readonly url: string;
  readonly database: TestDatabase;
  readonly simulator: Simulator;
  readonly replica: Replica;
  readonly dataDir: string;
  readonly environment: Record<string, string>;
  /** Everything logged so far, as it was written. */
  logText(): string;
  stop(): Promise<void>;
}

export const TEST_AUTH_SECRET = "auth-secret-of-the-tests-0123456789abcdef";
/** Few enough to reach. */
export const STREAMS_PER_OWNER_IN_TESTS = 20;
export const TEST_GPU_KEY = "rpa_key_of_the_tests_0123456789";

export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-server-test-"));
  const checks = options.checkInvariants ?? true;
  const database = await createTestDatabase({ checkInvariants: checks });
  const gpuMs = options.gpuMs ?? 50;
  const simulator = await startSimulator({ port: 0, gpuMs, queueMs: 10, workers: 4, seed: 1 });
  const environment = {
    PORT: "0",
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    AUTH_SECRET: TEST_AUTH_SECRET,
    GPU_BACKEND: "simulator",
    RUNPOD_BASE_URL: `${simulator.url}/v2`,
    RUNPOD_API_KEY: TEST_GPU_KEY,
    ...options.environment,
  };
  const lines: string[] = [];
  const env = readEnv(environment);
  const authSecret = env.authSecret ?? TEST_AUTH_SECRET;
  const log = createLog({
    level: env.logLevel,
    secrets: secretsOf(env, authSecret),
    destination: { write: (line) => void lines.push(line) },
  });
  const replica = await startReplica({
    env,
    authSecret,
    log,
    streamsPerOwner: STREAMS_PER_OWNER_IN_TESTS,
    ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }),
  });
  return {
    url: `http://localhost:${replica.port}`,
    database,
    simulator,
    replica,
    dataDir,
    environment,
    logText: () => lines.join(""),
    async stop() {
      await drainReplica(replica);
      await simulator.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
