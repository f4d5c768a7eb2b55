import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DbConnection, openDb } from "@ob/db";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@ob/db/embedded";
import { type Simulator, startSimulator } from "@ob/runpod/simulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { expectInvariants } from "./support/expect-invariants.ts";
import { expectRefused } from "./support/expect-refused.ts";
import { type ServerProcess, startProcess } from "./support/start-process.ts";
import { TEST_AUTH_SECRET, TEST_GPU_KEY } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let folder: string;
let postgres: EmbeddedPostgres;
let simulator: Simulator;
let server: ServerProcess;
let watcher: DbConnection;

const startPostgres = (port?: number) =>
  startEmbeddedPostgres({
    dataDir: folder,
    durable: true,
    log: () => {},
    ...(port === undefined ? {} : { port }),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ob-lost-"));
  // As root the cluster runs as another user, who must get through to it.
  await chmod(folder, 0o755);
  postgres = await startPostgres();
  simulator = await startSimulator({ port: 0, gpuMs: 2_500, queueMs: 50, workers: 4, seed: 1 });
  server = await startProcess({
    PORT: "0",
    DATA_DIR: join(folder, "server"),
    DATABASE_URL: postgres.url,
    AUTH_SECRET: TEST_AUTH_SECRET,
    GPU_BACKEND: "simulator",
    RUNPOD_BASE_URL: `${simulator.url}/v2`,
    RUNPOD_API_KEY: TEST_GPU_KEY,
  });
  watcher = openDb({ url: postgres.url, poolSize: 2, applicationName: "ob-watcher" });
});

afterEach(async () => {
  if (server?.child.exitCode === null) await server.end("SIGKILL");
  await watcher?.close(1_000);
  await simulator?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function readiness(): Promise<unknown> {
  const answer = await fetch(`${server.url}/health/ready`);
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

/** Who of the studio is connected, by name. */
async function connected(): Promise<string[]> {
  const rows = await watcher.sql<{ name: string }[]>`
    select distinct application_name as name from pg_stat_activity
    where application_name in ('ob-ai-studio', 'ob-doorbell', 'ob-sweeps') order by 1`;
  return rows.map(({ name }) => name);
}

async function somebodyWaitsForALock(): Promise<boolean> {
  const rows = await watcher.sql`
    select from pg_stat_activity
    where application_name = 'ob-ai-studio' and wait_event_type = 'Lock'`;
  return rows.length > 0;
}

/** Kills PostgreSQL while a transaction of the server waits in it, and sees that call refused. */
async function killInTransaction(guest: Guest, jobId: string): Promise<void> {
  const asked = Promise.withResolvers<void>();
  const killed = Promise.withResolvers<void>();
  const held = watcher.sql.begin(async (tx) => {
    await tx`select from owners for update`;
    asked.resolve();
    await killed.promise;
  });
  await asked.promise;
  const copying = guest.mutate("assets.fromResult", { jobId });
  await expect.poll(somebodyWaitsForALock, { timeout: 20_000, interval: 20 }).toBe(true);
  process.kill(postgres.pid, "SIGKILL");
  await expect(held).rejects.toThrow(/CONNECTION_CLOSED|terminating connection/);
  killed.resolve();
  expectRefused(await copying, { code: "INTERNAL", status: 500 });
}

test("PostgreSQL killed under it: says so, refuses politely, and goes on by itself when it is back", async () => {
  const guest = await signIn(server.url);
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const order = { imageAssetId: photo.assetId, prompt: "blue" };
  const first = await waitForJob(guest, (await guest.createJob(order)).id);
  expect(first.status).toBe("done");
  const drawing = await guest.createJob(order);

  await killInTransaction(guest, first.id);
  await postgres.exited;
  await expect
    .poll(readiness, { timeout: 10_000 })
    .toMatchObject({ status: 503, body: { ok: false, database: "down" } });
  const refused = { code: "INTERNAL", status: 500 } as const;
  expectRefused(await guest.query("credits.balance"), refused);
  expectRefused(await guest.mutate("jobs.cancel", { jobId: drawing.id }), refused);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);

  postgres = await startPostgres(postgres.port);
  await expect
    .poll(readiness, { timeout: 20_000, interval: 50 })
    .toMatchObject({ status: 200, body: { ok: true, database: "ok" } });
  await expect
    .poll(connected, { timeout: 20_000 })
    .toEqual(["ob-ai-studio", "ob-doorbell", "ob-sweeps"]);
  expect((await waitForJob(guest, drawing.id)).status).toBe("done");
  expect(await guest.balance()).toEqual({ available: 14, held: 0 });
  expect((await guest.mutate("assets.fromResult", { jobId: drawing.id })).status).toBe(200);
  await expectInvariants(watcher.sql);
  expect((await server.end("SIGTERM")).code).toBe(0);
  expect(server.stderr()).not.toContain('"event":"crashed"');
}, 120_000);
