import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findEmbeddedPostgres } from "@ob/db/embedded";
import { readRunFile } from "../supervisor/run-files.ts";
import type { EnvSource } from "./env-error.ts";
import { namedGpuKinds } from "./gpu-env.ts";

/**
 * The environment of a replica started by hand beside a living studio: what names no database or no
 * simulator gets those of its `DATA_DIR`. What is given stays, nothing is started, and production
 * is left alone: there everything must be named.
 */
export async function findLocalParts(source: EnvSource): Promise<EnvSource> {
  if (source["NODE_ENV"] === "production") return source;
  const dataDir = resolve(given(source, "DATA_DIR") ?? "./.data");
  return { ...source, ...(await database(source, dataDir)), ...(await simulator(source, dataDir)) };
}

async function database(source: EnvSource, dataDir: string): Promise<EnvSource> {
  if (given(source, "DATABASE_URL") !== undefined) return {};
  const live = await findEmbeddedPostgres(dataDir);
  return live === null ? {} : { DATABASE_URL: live.url };
}

async function simulator(source: EnvSource, dataDir: string): Promise<EnvSource> {
  const isSimulated = namedGpuKinds(source).has("simulator");
  if (!isSimulated || given(source, "RUNPOD_BASE_URL") !== undefined) return {};
  const live = await readRunFile(dataDir, "simulator");
  if (live === null) return {};
  const key = await readFile(join(dataDir, "run/simulator.key"), "utf8").catch(() => "");
  return {
    RUNPOD_BASE_URL: `${live.url}/v2`,
    ...(given(source, "RUNPOD_API_KEY") === undefined && key !== ""
      ? { RUNPOD_API_KEY: key.trim() }
      : {}),
  };
}

/** An empty variable counts as absent. */
function given(source: EnvSource, name: string): string | undefined {
  const value = source[name];
  return value === "" ? undefined : value;
}
