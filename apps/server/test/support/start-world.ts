import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import { type Simulator, startSimulator } from "@ob/runpod/simulator";
import { expect } from "vitest";
import { SHORT_LEASE } from "./short-lease.ts";
import { trusted } from "./trusted.ts";
import { TEST_AUTH_SECRET, TEST_GPU_KEY } from "./start-studio.ts";

/** What outlives a killed server: the database, the GPU side and the files. */
export interface World {
  readonly database: TestDatabase;
  readonly simulator: Simulator;
  readonly dataDir: string;
  /** Of one replica in this world. */
  readonly environment: Record<string, string>;
  /** The simulator's truth about runs. */
  runs(): Promise<{ id: string; status: string; filePrefix: string }[]>;
  control(scenario: string, times?: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startWorld(o: { gpuMs: number }): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-world-"));
  const database = await createTestDatabase();
  const simulator = await startSimulator({
    port: 0,
    gpuMs: o.gpuMs,
    queueMs: 50,
    workers: 4,
    seed: 1,
  });
  return {
    database,
    simulator,
    dataDir,
    environment: {
      PORT: "0",
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      AUTH_SECRET: TEST_AUTH_SECRET,
      GPU_BACKEND: "simulator",
      RUNPOD_BASE_URL: `${simulator.url}/v2`,
      RUNPOD_API_KEY: TEST_GPU_KEY,
      GPU_FIGURES: SHORT_LEASE,
    },
    async runs() {
      const answer: unknown = await (await fetch(`${simulator.url}/control/jobs`)).json();
      return trusted(answer);
    },
    async control(scenario, times = 1) {
      const answer = await fetch(`${simulator.url}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ scenario, times }),
      });
      expect(answer.ok).toBe(true);
    },
    async stop() {
      await simulator.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
