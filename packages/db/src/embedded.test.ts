import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterEach, expect, test, vi } from "vitest";
import {
  findEmbeddedPostgres,
  isProcessAlive,
  startEmbeddedPostgres,
  waitForExit,
} from "./embedded.ts";
import { HOSTED_ROOT } from "./embedded/binaries.ts";
import { readLaunchState } from "./embedded/launch-state.ts";

// Real clusters on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function dataFolder(mode: number): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "ob-pg-"));
  cleanups.push(() => rm(parent, { recursive: true, force: true }));
  const dataDir = join(parent, "data");
  await mkdir(dataDir, { mode: 0o755 });
  await execFileAsync("chmod", [mode.toString(8), parent]);
  return dataDir;
}

const execFileAsync = promisify(execFile);

async function start(dataDir: string, more: { port?: number; signal?: AbortSignal } = {}) {
  const running = await startEmbeddedPostgres({ dataDir, durable: false, log: () => {}, ...more });
  cleanups.push(() => running.stop());
  return running;
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

test("the first start makes a cluster with our settings, and stop ends its process", async () => {
  const running = await start(await dataFolder(0o755));
  expect(running).toMatchObject({ adopted: false, host: "127.0.0.1" });
  const settings = await withSql(running.url, async (sql) => {
    const rows = await sql<{ name: string; setting: string }[]>`
      select name, setting from pg_settings where name in
      ('listen_addresses', 'unix_socket_directories', 'max_connections', 'TimeZone', 'fsync', 'server_encoding')`;
    return Object.fromEntries(rows.map((row) => [row.name, row.setting]));
  });
  expect(settings).toEqual({
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    TimeZone: "UTC",
    fsync: "off",
    server_encoding: "UTF8",
  });
  await running.stop();
  await running.exited;
  expect(await isProcessAlive(running.pid)).toBe(false);
});

test("Thai letters are letters, whatever locale the machine has", async () => {
  const running = await start(await dataFolder(0o755));
  const found = await withSql(
    running.url,
    (sql) => sql`select 'ภาพ' ~ '^[[:alpha:]]+$' as ok, upper('é') as up`,
  );
  expect(found[0]).toEqual({ ok: true, up: "É" });
});

test("a second start adopts the running postmaster", async () => {
  const dataDir = await dataFolder(0o755);
  const first = await start(dataDir);
  const second = await start(dataDir);
  expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port, url: first.url });
});

test("a command beside the server finds the running database, and none once it stopped", async () => {
  const dataDir = await dataFolder(0o755);
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
  const running = await start(dataDir);
  const { url, port, pid } = running;
  expect(await findEmbeddedPostgres(dataDir)).toEqual({ url, port, pid });
  await running.stop();
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});

test("two first starts at once end with one postmaster", async () => {
  const dataDir = await dataFolder(0o755);
  const [one, other] = await Promise.all([start(dataDir), start(dataDir)]);
  expect(one.pid).toBe(other.pid);
  expect([one, other].filter((each) => each.adopted)).toHaveLength(1);
});

test("after kill -9 every committed row is there, on the old port", async () => {
  const dataDir = await dataFolder(0o755);
  const first = await start(dataDir);
  await withSql(first.url, (sql) => sql`create table t as select generate_series(1, 1000) as n`);
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  const second = await start(dataDir);
  expect(second).toMatchObject({ adopted: false, port: first.port });
  const rows = await withSql(second.url, (sql) => sql`select count(*)::int as n from t`);
  expect(rows[0]).toEqual({ n: 1000 });
});

test("a stale postmaster.pid that names a stranger's process does not stop the start", async () => {
  const dataDir = await dataFolder(0o755);
  const first = await start(dataDir);
  const pidFile = join(dataDir, "postgres/cluster/postmaster.pid");
  const text = await readFile(pidFile, "utf8");
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  await writeFile(pidFile, text.replace(String(first.pid), String(process.pid)));
  expect((await start(dataDir)).adopted).toBe(false);
});

test("what a killed initdb left behind is removed", async () => {
  const dataDir = await dataFolder(0o755);
  await mkdir(join(dataDir, "postgres/making-abc/cluster"), { recursive: true });
  await writeFile(join(dataDir, "postgres/making-abc/cluster/PG_VERSION"), "18\n");
  await start(dataDir);
  expect((await readdir(join(dataDir, "postgres"))).toSorted()).toEqual([
    "cluster",
    "launcher.json",
    "postgres.log",
  ]);
});

test("an abort ends the start and everything it started", async () => {
  const dataDir = await dataFolder(0o755);
  const abort = new AbortController();
  const log = (): void => abort.abort(new Error("stopped by the user"));
  const starting = startEmbeddedPostgres({ dataDir, durable: false, log, signal: abort.signal });
  await expect(starting).rejects.toThrow("stopped by the user");
  expect(await readdir(join(dataDir, "postgres"))).toEqual(["launcher.json"]);
});

test("a kept port that somebody took is replaced; a given one is an error", async () => {
  const dataDir = await dataFolder(0o755);
  const first = await start(dataDir);
  await first.stop();
  const squatter = createServer().listen(first.port, "127.0.0.1");
  await once(squatter, "listening");
  cleanups.push(async () => squatter.close());
  await expect(start(dataDir, { port: first.port })).rejects.toThrow(
    `Port ${first.port} for PostgreSQL is taken.`,
  );
  expect((await start(dataDir)).port).not.toBe(first.port);
});

test("a throw-away database ends with the process that started it, even by kill -9", async () => {
  const dataDir = await dataFolder(0o755);
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
    const o = { dataDir: ${JSON.stringify(dataDir)}, durable: false, log: () => {} };
    console.log((await startEmbeddedPostgres(o)).pid);
    setInterval(() => {}, 60_000);
  `;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(starter.stdout, "data");
  starter.kill("SIGKILL");
  expect(await waitForExit(Number(String(said)), 30_000)).toBe(true);
});

test("the password is asked for, and its file is closed to others", async () => {
  const dataDir = await dataFolder(0o755);
  const running = await start(dataDir);
  expect((await stat(join(dataDir, "postgres/launcher.json"))).mode & 0o777).toBe(0o600);
  const wrong = new URL(running.url);
  wrong.password = "wrong";
  await expect(withSql(wrong.href, (sql) => sql`select 1`)).rejects.toThrow(
    "password authentication failed",
  );
});

test.runIf(process.getuid?.() === 0)(
  "as root under a closed folder the cluster stands under /var/lib and belongs to another user",
  async () => {
    const dataDir = await dataFolder(0o700);
    const running = await start(dataDir);
    const state = await readLaunchState(join(dataDir, "postgres"));
    if (state === null) throw new Error("no state");
    const home = join(HOSTED_ROOT, state.id);
    cleanups.unshift(() => rm(home, { recursive: true, force: true }));
    expect((await stat(join(home, "cluster"))).uid).not.toBe(0);
    await running.stop();
    expect(await waitForExit(running.pid, 1_000)).toBe(true);
    const copy = await dataFolder(0o700);
    await execFileAsync("cp", ["-a", join(dataDir, "postgres"), copy]);
    await expect(start(copy)).rejects.toThrow("is a copy of");
  },
);
