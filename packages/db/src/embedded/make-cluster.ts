import { spawn } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asAccount, type Account } from "./account.ts";

/** The superuser of the embedded cluster. */
export const SUPERUSER = "ob";

const DRAFT = "making-";

export interface MakeClusterOptions {
  binaries: string;
  clusterHome: string;
  account: Account | null;
  password: string;
  durable: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Runs initdb into a draft folder and renames it to `<clusterHome>/cluster`, so that a cluster is
 * whole or absent. Encoding UTF-8, PostgreSQL's own C.UTF-8 collation: the same order on every
 * system, whatever locales it has.
 */
export async function makeCluster(o: MakeClusterOptions): Promise<void> {
  await removeDrafts(o.clusterHome);
  const draft = await mkdtemp(join(o.clusterHome, DRAFT));
  try {
    const passwordFile = join(draft, "password");
    const cluster = join(draft, "cluster");
    await writeFile(passwordFile, o.password, { mode: 0o600 });
    await mkdir(cluster, { mode: 0o700 });
    if (o.account !== null) {
      for (const path of [draft, passwordFile, cluster])
        await chown(path, o.account.uid, o.account.gid);
    }
    await chmod(draft, 0o700);
    await runInitdb(o, cluster, passwordFile);
    await rename(cluster, join(o.clusterHome, "cluster"));
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a killed start left behind; its initdb may still be ending, so leftovers are no error. */
async function removeDrafts(clusterHome: string): Promise<void> {
  for (const name of await readdir(clusterHome)) {
    if (!name.startsWith(DRAFT)) continue;
    await rm(join(clusterHome, name), { recursive: true, force: true, maxRetries: 3 }).catch(
      () => {},
    );
  }
}

function runInitdb(o: MakeClusterOptions, cluster: string, passwordFile: string): Promise<void> {
  o.signal?.throwIfAborted();
  const args = [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--text-search-config=simple",
    ...(o.durable ? [] : ["--no-sync"]),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(join(o.binaries, "bin/initdb"), args, {
      ...asAccount(o.account),
      cwd: cluster,
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      // Its own group: a terminal's Ctrl-C reaches us alone, and we end all of it at once.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk));
    }
    const onAbort = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    o.signal?.addEventListener("abort", onAbort, { once: true });
    child.once("error", reject);
    child.once("close", (code) => {
      o.signal?.removeEventListener("abort", onAbort);
      if (o.signal?.aborted === true) reject(o.signal.reason);
      else if (code === 0) resolve();
      else reject(new Error(`initdb failed (exit ${code}):\n${said.join("").slice(-2_000)}`));
    });
  });
}
