import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@ob/db";
import { endWithUs, startEmbeddedPostgres } from "@ob/db/embedded";
import postgres from "postgres";

/** A PostgreSQL of this run alone, on disk as in service: fsync on, nothing tuned. */
export interface BenchCluster {
  readonly pid: number;
  readonly version: string;
  /** A fresh database with the whole schema, and with `bench.floor` for the floor. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Makes the cluster in a folder of its own, and takes it away again on `stop`. */
export async function openCluster(say: (line: string) => void): Promise<BenchCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-bench-db-"));
  // As root the cluster runs as another user, who must get through to it.
  await chmod(dataDir, 0o755);
  const cluster = await startEmbeddedPostgres({ dataDir, durable: true, log: say });
  const unwatch = endWithUs(cluster.pid);
  const admin = postgres(cluster.url, { max: 1, onnotice: () => {} });
  const rows = await admin<{ version: string }[]>`
    select current_setting('server_version') as version`;
  return {
    pid: cluster.pid,
    version: rows[0]?.version ?? "unknown",
    async createDatabase(name) {
      await admin`create database ${admin(name)}`;
      const url = new URL(cluster.url);
      url.pathname = `/${name}`;
      await migrate(url.href);
      const sql = postgres(url.href, { max: 1, onnotice: () => {} });
      await sql`create schema bench`;
      await sql`create table bench.floor (id uuid primary key, at timestamptz not null)`;
      await sql.end();
      return url.href;
    },
    async stop() {
      await admin.end({ timeout: 2 });
      await cluster.stop();
      unwatch();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
