import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DbConnection, openDb, type Sql } from "@ob/db";
import {
  type EmbeddedPostgres,
  endWithUs,
  startEmbeddedPostgres,
  waitForExit,
} from "@ob/db/embedded";
import type { Counters } from "./counters.ts";
import type { OwnDeath } from "./replica.ts";

/** A durable PostgreSQL of our own, to be killed, stopped and cut off. */
export interface ChaosDatabase {
  readonly port: number;
  /** Past every proxy. With the password. */
  readonly url: string;
  /** Past every proxy; a new one after each kill. */
  sql(): Sql;
  /**
   * SIGKILL to the postmaster and all its children, as when the machine loses power, or to the
   * postmaster alone, whose children must notice; then a start.
   * @returns from the kill to the first login, ms
   */
  killAndRestart(o?: { readonly alone?: boolean }): Promise<number>;
  /** SIGSTOP to all of it for a while. */
  pause(ms: number): Promise<void>;
  /** Ends every session of the studio, as an operator or a failover would. @returns how many */
  terminateSessions(): Promise<number>;
  stop(): Promise<void>;
  pids(): number[];
}

/** Starts it below `dataDir`. */
export async function startChaosDatabase(
  dataDir: string,
  { counters, onOwnDeath }: { counters: Counters; onOwnDeath: (death: OwnDeath) => void },
): Promise<ChaosDatabase> {
  /** By us, so that any other end is its own. */
  const ending = new Set<number>();
  const launch = async (port?: number): Promise<EmbeddedPostgres> => {
    const started = await startEmbeddedPostgres({
      dataDir,
      durable: true,
      log: () => {},
      ...(port === undefined ? {} : { port }),
    });
    // Also when we are killed ourselves.
    const unwatch = endWithUs(started.pid);
    void started.exited.then(() => {
      unwatch();
      if (ending.has(started.pid)) return;
      const lastWords = { stdout: [], stderr: readLastLines(dataDir) };
      onOwnDeath({ name: "PostgreSQL", pid: started.pid, code: null, signal: null, lastWords });
    });
    return started;
  };
  const open = (url: string) => openDb({ url, poolSize: 2, applicationName: "chaos" });
  let postgres = await launch();
  let connection: DbConnection = open(postgres.url);
  const { port } = postgres;

  return {
    port,
    get url() {
      return postgres.url;
    },
    sql: () => connection.sql,
    pids: () => [postgres.pid, ...childrenOf(postgres.pid)],
    async killAndRestart({ alone = false } = {}) {
      const { pid } = postgres;
      const all = alone ? [pid] : [pid, ...childrenOf(pid)];
      ending.add(pid);
      await connection.close(0);
      const killedMs = performance.now();
      for (const each of all) sendSignal(each, "SIGKILL");
      for (const each of all) await waitForExit(each, 20_000);
      counters.databaseKills += 1;
      postgres = await launch(port);
      const backMs = Math.round(performance.now() - killedMs);
      counters.databaseBackMs.push(backMs);
      connection = open(postgres.url);
      return backMs;
    },
    async pause(ms) {
      const all = [postgres.pid, ...childrenOf(postgres.pid)];
      for (const pid of all) sendSignal(pid, "SIGSTOP");
      counters.databasePauses += 1;
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (const pid of all) sendSignal(pid, "SIGCONT");
    },
    async terminateSessions() {
      const rows = await connection.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'ob-%' and pid <> pg_backend_pid()`;
      counters.databaseConnectionsCut += rows.length;
      return rows.length;
    },
    async stop() {
      await connection.close(1_000);
      ending.add(postgres.pid);
      await postgres.stop();
    },
  };
}

function readLastLines(dataDir: string): string[] {
  const text = readOrNull(join(dataDir, "postgres", "postgres.log")) ?? "";
  return text.trimEnd().split("\n").slice(-20);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    const isGone = thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH";
    if (!isGone) throw thrown;
  }
}

/** Direct children. Every backend of PostgreSQL is one of its postmaster. */
export function childrenOf(parent: number): number[] {
  return processTable()
    .filter((row) => row.parent === parent)
    .map((row) => row.pid);
}

function processTable(): { pid: number; parent: number }[] {
  if (process.platform !== "linux") {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return table
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => ({ pid, parent }));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOrNull(`/proc/${name}/stat`);
      if (stat === null) return [];
      // The name of the program may hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(fields[1]) }];
    });
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
