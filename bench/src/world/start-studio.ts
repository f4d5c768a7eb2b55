import { mkdtemp, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DbConnection, openDb } from "@ob/db";
import { hashStoredObject } from "@ob/server";
import { z } from "zod";
import { audit } from "../audit.ts";
import { type Child, spawnChild } from "../children/spawn-child.ts";
import type { Audit } from "../report/axis-report.ts";

export interface StudioOptions {
  readonly databaseUrl: string;
  /** RunPod's base URL. */
  readonly gpuUrl: string;
  readonly maxInFlight: number;
  /** Working copies and results are not made. */
  readonly skipsPixels: boolean;
}

/** One replica in a process of its own, on a database of this run. */
export interface Studio {
  readonly url: string;
  readonly databaseUrl: string;
  readonly replica: Child;
  /** For the harness itself. */
  readonly connection: DbConnection;
  /** Lines of trouble the server logged, by event. */
  troubles(): Promise<Record<string, number>>;
  /** Stored objects are looked at too. */
  audit(of: string): Promise<Audit>;
  stop(): Promise<void>;
}

/** Credits of a guest: enough for every job of a run. */
const GUEST_CREDITS = "1000000";
const HARNESS_CONNECTIONS = 8;

/** Starts the real server, as `npm start` would but for the supervisor. */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-bench-files-"));
  const replica = spawnChild("replica.ts");
  const authSecret = randomBytes(32).toString("hex");
  const environment = {
    PORT: "0",
    DATA_DIR: dataDir,
    DATABASE_URL: options.databaseUrl,
    AUTH_SECRET: authSecret,
    GPU_BACKEND: "runpod",
    GPU_MAX_IN_FLIGHT: String(options.maxInFlight),
    RUNPOD_BASE_URL: options.gpuUrl,
    RUNPOD_ENDPOINT_ID: "bench",
    RUNPOD_API_KEY: randomBytes(16).toString("hex"),
    GUEST_CREDITS,
  };
  const { skipsPixels } = options;
  const started = { environment, authSecret, skipsPixels };
  const { port } = await replica.ask("start", started, z.object({ port: z.number() }));
  const connection = openDb({
    url: options.databaseUrl,
    poolSize: HARNESS_CONNECTIONS,
    applicationName: "ob-bench",
  });
  return {
    url: `http://localhost:${port}`,
    databaseUrl: options.databaseUrl,
    replica,
    connection,
    troubles: () => replica.ask("troubles", {}, z.record(z.string(), z.number())),
    audit: (of) =>
      audit(connection.sql, {
        of,
        now: new Date(),
        objectSha256: (key) => hashStoredObject(dataDir, key),
      }),
    async stop() {
      await replica.stop();
      await connection.close(5_000);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
