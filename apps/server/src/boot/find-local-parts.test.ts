import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@ob/db/embedded";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeRunFile } from "../supervisor/run-files.ts";
import { findLocalParts } from "./find-local-parts.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ob-parts-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function liveSimulator(): Promise<void> {
  await writeRunFile(dataDir, "simulator", {
    pid: process.pid,
    port: 1234,
    url: "http://127.0.0.1:1234",
  });
  await writeFile(join(dataDir, "run/simulator.key"), "key-of-the-simulator\n");
}

test("a replica started beside a studio finds its database and its simulator", async () => {
  await liveSimulator();
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: () => {} });
  try {
    expect(await findLocalParts({ DATA_DIR: dataDir })).toEqual({
      DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      RUNPOD_BASE_URL: "http://127.0.0.1:1234/v2",
      RUNPOD_API_KEY: "key-of-the-simulator",
    });
  } finally {
    await postgres.stop();
  }
});

test("what is given stays, and what does not run is not made up", async () => {
  await liveSimulator();
  const given = {
    DATA_DIR: dataDir,
    DATABASE_URL: "postgres://elsewhere/studio",
    RUNPOD_BASE_URL: "http://127.0.0.1:9/v2",
  };
  expect(await findLocalParts(given)).toEqual(given);
  await rm(join(dataDir, "run"), { recursive: true });
  expect(await findLocalParts({ DATA_DIR: dataDir })).toEqual({ DATA_DIR: dataDir });
});

test("in production nothing is found, and a real GPU is never given the simulator's address", async () => {
  await liveSimulator();
  const production = { DATA_DIR: dataDir, NODE_ENV: "production" };
  expect(await findLocalParts(production)).toEqual(production);
  const real = { DATA_DIR: dataDir, GPU_BACKEND: "runpod" };
  expect(await findLocalParts(real)).toEqual(real);
});
