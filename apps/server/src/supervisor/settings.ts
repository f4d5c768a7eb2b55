import { resolve } from "node:path";
import { z } from "zod";
import { namedGpuKinds } from "../boot/gpu-env.ts";
import { readEnv } from "../env.ts";

const port = z.coerce.number<string>().int().min(0).max(65_535);
const wholeMs = z.coerce.number<string>().int().min(0);

const SupervisorEnv = z.object({
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.string().optional(),
  GPU_BACKEND: z.string().optional(),
  GPU_RULES: z.string().optional(),
  NODE_ENV: z.string().optional(),
  SIMULATOR_PORT: port.default(0),
  SIMULATOR_GPU_MS: wholeMs.default(4_000),
  SIMULATOR_QUEUE_MS: wholeMs.default(500),
  SIMULATOR_WORKERS: z.coerce.number<string>().int().min(1).default(4),
  SIMULATOR_SEED: z.coerce.number<string>().int().default(1),
});

/** What the supervisor must know; everything else goes to the server as it is. */
export interface SupervisorSettings {
  /** 0: any free port. */
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** Null: the GPU is not simulated. */
  simulator: SimulatorSettings | null;
}

export interface SimulatorSettings {
  /** 0: any free port. */
  port: number;
  gpuMs: number;
  queueMs: number;
  workers: number;
  seed: number;
}

/** @throws {Error} one sentence that names every variable that cannot be used. */
export function parseSupervisorSettings(
  source: Record<string, string | undefined>,
): SupervisorSettings {
  // An empty variable (`PORT= npm start`) means: not given.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = SupervisorEnv.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment cannot be used. ${wrong.join(". ")}.`);
  }
  const env = parsed.data;
  // In production nothing simulated starts unless it is named; the server says what is missing.
  const isUnnamed = env.NODE_ENV === "production" && env.GPU_BACKEND === undefined;
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    simulator:
      !isUnnamed && namedGpuKinds(given).has("simulator")
        ? {
            port: env.SIMULATOR_PORT,
            gpuMs: env.SIMULATOR_GPU_MS,
            queueMs: env.SIMULATOR_QUEUE_MS,
            workers: env.SIMULATOR_WORKERS,
            seed: env.SIMULATOR_SEED,
          }
        : null,
  };
}

/**
 * Refuses what the server would refuse, before anything is started. What the supervisor itself will
 * give the server stands in as a placeholder; in production it gives nothing unasked.
 * @throws {Error} naming every variable
 */
export function checkServerEnvironment(
  source: Record<string, string | undefined>,
  settings: SupervisorSettings,
): void {
  if (source["NODE_ENV"] === "production") {
    readEnv(source);
    return;
  }
  readEnv({
    ...source,
    DATABASE_URL: settings.databaseUrl ?? "postgres://localhost/placeholder",
    ...(settings.simulator === null
      ? {}
      : { RUNPOD_BASE_URL: "http://localhost", RUNPOD_API_KEY: "placeholder" }),
  });
}
