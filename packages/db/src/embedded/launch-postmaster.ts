import { spawn, type ChildProcess } from "node:child_process";
import { constants, open, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { asAccount, type Account } from "./account.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { pause } from "./process-state.ts";

export interface LaunchOptions {
  binaries: string;
  clusterDir: string;
  logFile: string;
  account: Account | null;
  port: number;
  durable: boolean;
  signal: AbortSignal | undefined;
}

/** `stale-memory`: backends of a killed postmaster are still ending; try again soon. */
export type LaunchOutcome =
  | { kind: "ready"; child: ChildProcess; pid: number }
  | { kind: "port-taken" }
  | { kind: "stale-memory" }
  | { kind: "refused"; reason: string };

const READY_WITHIN_MS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;

function settings(o: LaunchOptions): string[] {
  const durability = o.durable ? "on" : "off";
  const values = {
    listen_addresses: "127.0.0.1",
    port: String(o.port),
    // Loopback TCP only: a socket path would have to stay under 100 bytes.
    unix_socket_directories: "",
    max_connections: "200",
    TimeZone: "UTC",
    log_timezone: "UTC",
    fsync: durability,
    // Without fsync a commit still reaches the system, so that a killed process loses nothing.
    synchronous_commit: "on",
    full_page_writes: durability,
    log_checkpoints: "off",
    jit: "off",
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Starts a detached postmaster and waits until it accepts connections. */
export async function launchPostmaster(o: LaunchOptions): Promise<LaunchOutcome> {
  o.signal?.throwIfAborted();
  const logSize = (await stat(o.logFile).catch(() => null))?.size ?? 0;
  if (logSize > LOG_LIMIT_BYTES) await truncate(o.logFile);
  const log = await open(
    o.logFile,
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
    0o600,
  );
  const logStart = (await log.stat()).size;
  const child = spawn(join(o.binaries, "bin/postgres"), ["-D", o.clusterDir, ...settings(o)], {
    ...asAccount(o.account),
    cwd: o.clusterDir,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    // It outlives us: a killed starter must not take the database with it.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  await log.close();
  try {
    return await waitUntilReady(o, child, logStart);
  } catch (error) {
    child.kill("SIGQUIT");
    throw error;
  }
}

async function waitUntilReady(
  o: LaunchOptions,
  child: ChildProcess,
  logStart: number,
): Promise<LaunchOutcome> {
  let spawnError: Error | null = null;
  child.once("error", (error) => {
    spawnError = error;
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    o.signal?.throwIfAborted();
    if (spawnError !== null) throw spawnError;
    if (child.exitCode !== null || child.signalCode !== null) {
      return explain((await readFile(o.logFile, "utf8")).slice(logStart));
    }
    const file = await readPostmasterFile(o.clusterDir);
    if (file !== null && file.pid === child.pid && file.isReady) {
      return { kind: "ready", child, pid: file.pid };
    }
    if (performance.now() > deadline) {
      throw new Error(
        `PostgreSQL was not ready after ${READY_WITHIN_MS / 1_000} s; see ${o.logFile}.`,
      );
    }
    await pause(10);
  }
}

function explain(said: string): LaunchOutcome {
  if (said.includes("pre-existing shared memory block")) return { kind: "stale-memory" };
  if (said.includes("could not create any TCP/IP sockets")) return { kind: "port-taken" };
  return { kind: "refused", reason: said.trim().slice(-2_000) };
}
