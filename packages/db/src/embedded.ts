import { mkdir, readFile, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { chooseAccount, ownerOf, type Account } from "./embedded/account.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { DATABASE, HOST, urlOf } from "./embedded/find-embedded-postgres.ts";
import { endWithUs } from "./embedded/end-with-us.ts";
import { choosePort, isPortFree } from "./embedded/free-port.ts";
import { holdLock } from "./embedded/hold-lock.ts";
import { launchPostmaster } from "./embedded/launch-postmaster.ts";
import { writeLaunchState, type LaunchState } from "./embedded/launch-state.ts";
import { makeCluster } from "./embedded/make-cluster.ts";
import { exists, openClusterHome, openLaunchState } from "./embedded/place-cluster.ts";
import { disownStaleFile, findPostmaster, readPostmasterFile } from "./embedded/postmaster-file.ts";
import { isProcessAlive, pause, waitForExit } from "./embedded/process-state.ts";

export { endWithUs } from "./embedded/end-with-us.ts";
export { findEmbeddedPostgres } from "./embedded/find-embedded-postgres.ts";
export { choosePort, isPortFree } from "./embedded/free-port.ts";
export { holdLock, type HeldLock, type LockOutcome } from "./embedded/hold-lock.ts";
export { commandOf, isProcessAlive, waitForExit } from "./embedded/process-state.ts";

export interface EmbeddedPostgresOptions {
  /** DATA_DIR. The cluster stands below it or, as root under a closed parent, under /var/lib/ob-ai-studio/<id>. */
  dataDir: string;
  /** Listen here and nowhere else. Without it the kept port, else a free one, which is then kept. */
  port?: number | undefined;
  /** False only for throw-away data: no fsync, and the process ends with ours. */
  durable: boolean;
  /** Gets one sentence per step worth telling. */
  log: (line: string) => void;
  /** Stops the start and everything it started. */
  signal?: AbortSignal | undefined;
}

/** A running PostgreSQL that answers. */
export interface EmbeddedPostgres {
  /** With user and password: keep it out of logs. */
  url: string;
  host: string;
  port: number;
  pid: number;
  /** True when it ran already and was not started by this call. */
  adopted: boolean;
  /** Resolves when the process is gone, for whatever reason; does not keep our process open by itself. */
  exited: Promise<void>;
  /** Fast shutdown: ends sessions, writes everything, resolves when the process is gone. */
  stop(): Promise<void>;
}

const START_WITHIN_MS = 60_000;

interface Site {
  home: string;
  clusterDir: string;
  binaries: string;
  account: Account | null;
  state: LaunchState;
}

/**
 * Starts real PostgreSQL for `dataDir`, or adopts the one that runs there. Recovers after kill -9.
 * Two calls for one `dataDir` wait for each other.
 * @throws when the platform has no binaries, the port given is taken, or PostgreSQL refuses to start.
 */
export async function startEmbeddedPostgres(o: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(resolve(o.dataDir, "postgres"), { recursive: true, mode: 0o755 });
  const home = await realpath(resolve(o.dataDir, "postgres"));
  const release = await waitForLock(`postgres ${home}`, o.signal);
  try {
    const site = await openSite(home, o);
    return (await adopt(site)) ?? (await launch(site, o));
  } finally {
    await release();
  }
}

async function waitForLock(
  name: string,
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  const deadline = performance.now() + START_WITHIN_MS;
  for (;;) {
    signal?.throwIfAborted();
    const lock = await holdLock(name);
    if (lock.kind === "held") return () => lock.release();
    if (performance.now() > deadline)
      throw new Error(`Another start of ${name} does not come to an end.`);
    await pause(50);
  }
}

async function openSite(home: string, o: EmbeddedPostgresOptions): Promise<Site> {
  const fresh = await chooseAccount();
  const state = await openLaunchState(home, fresh);
  const clusterHome = await openClusterHome(home, state, fresh);
  const clusterDir = join(clusterHome, "cluster");
  const isNew = !(await exists(clusterDir));
  const account = isNew ? fresh : await ownerOf(clusterDir);
  const binaries = await findBinaries(account);
  if (isNew) {
    o.log("Creating the database");
    const { password } = state;
    await makeCluster({
      binaries,
      clusterHome,
      account,
      password,
      durable: o.durable,
      signal: o.signal,
    });
  }
  await refuseOtherMajor(clusterDir);
  return { home, clusterDir, binaries, account, state };
}

async function refuseOtherMajor(clusterDir: string): Promise<void> {
  const major = (await readFile(join(clusterDir, "PG_VERSION"), "utf8")).trim();
  if (major === "18") return;
  throw new Error(
    `${clusterDir} was made by PostgreSQL ${major}; these binaries are PostgreSQL 18.`,
  );
}

/** The postmaster that already runs on this cluster; null when none runs. */
async function adopt(site: Site): Promise<EmbeddedPostgres | null> {
  const deadline = performance.now() + START_WITHIN_MS;
  for (;;) {
    const found = await findPostmaster(site.clusterDir);
    if (found === null) return null;
    if (found.isReady && found.port !== null) {
      await keepPort(site, found.port);
      return await describe(site, { pid: found.pid, port: found.port, adopted: true });
    }
    // Starting up or shutting down: either way it soon is one thing or the other.
    if (performance.now() > deadline)
      throw new Error(`PostgreSQL (pid ${found.pid}) does not become ready.`);
    await pause(50);
  }
}

async function launch(site: Site, o: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await disownStaleFile(site.clusterDir);
  const { binaries, clusterDir, account } = site;
  const logFile = join(site.home, "postgres.log");
  const deadline = performance.now() + START_WITHIN_MS;
  for (;;) {
    const port = await pickPort(site, o.port);
    const { durable, signal } = o;
    const outcome = await launchPostmaster({
      binaries,
      clusterDir,
      logFile,
      account,
      port,
      durable,
      signal,
    });
    if (outcome.kind === "ready") {
      await keepPort(site, port);
      const { child, pid } = outcome;
      const unwatch = durable ? () => {} : endWithUs(pid);
      void child.once("exit", unwatch);
      const exited = new Promise<void>((done) => {
        if (child.exitCode !== null || child.signalCode !== null) done();
        child.once("exit", () => done());
      });
      return await describe(site, { pid, port, adopted: false, exited });
    }
    if (outcome.kind === "refused") throw new Error(`PostgreSQL did not start:\n${outcome.reason}`);
    if (performance.now() > deadline)
      throw new Error(`PostgreSQL did not start (${outcome.kind}).`);
    await pause(100);
  }
}

/** @throws when the port was given and somebody else listens there. */
async function pickPort(site: Site, given: number | undefined): Promise<number> {
  if (given !== undefined) {
    if (await isPortFree(given, HOST)) return given;
    throw new Error(`Port ${given} for PostgreSQL is taken.`);
  }
  const kept = site.state.port;
  return kept !== null && (await isPortFree(kept, HOST)) ? kept : await choosePort(HOST);
}

async function keepPort(site: Site, port: number): Promise<void> {
  if (site.state.port === port) return;
  site.state = { ...site.state, port };
  await writeLaunchState(site.home, site.state);
}

async function describe(
  site: Site,
  found: { pid: number; port: number; adopted: boolean; exited?: Promise<void> },
): Promise<EmbeddedPostgres> {
  const { pid, port, adopted } = found;
  const url = urlOf(site.state, port);
  try {
    await ensureDatabase(url);
  } catch (error) {
    if (!adopted) await stopPostmaster(site, pid);
    throw error;
  }
  const exited = found.exited ?? watch(pid);
  return { url, host: HOST, port, pid, adopted, exited, stop: () => stopPostmaster(site, pid) };
}

/** A real login: proves that this is our cluster, and makes the database on the first start. */
async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const sql = postgres(admin.href, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

async function watch(pid: number): Promise<void> {
  while (await isProcessAlive(pid)) {
    await new Promise<void>((next) => setTimeout(next, 250).unref());
  }
}

async function stopPostmaster(site: Site, pid: number): Promise<void> {
  // A reused pid must not be hit: the file is ours only while it names this process.
  if ((await readPostmasterFile(site.clusterDir))?.pid !== pid) return;
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!(await isProcessAlive(pid))) return;
    process.kill(pid, signal);
    if (await waitForExit(pid, signal === "SIGINT" ? 20_000 : 5_000)) return;
  }
  throw new Error(`PostgreSQL (pid ${pid}) does not end.`);
}
