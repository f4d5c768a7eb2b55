import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isPostmasterOf, isProcessAlive } from "./process-state.ts";

/** What `postmaster.pid` says. @see https://www.postgresql.org/docs/18/storage-file-layout.html */
export interface PostmasterFile {
  pid: number;
  port: number | null;
  isReady: boolean;
}

/** The running postmaster's own file; null when there is none or it is still being written. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => null);
  if (text === null) return null;
  const lines = text.split("\n");
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0) return null;
  const port = Number(lines[3]);
  return {
    pid,
    port: Number.isInteger(port) && port > 0 ? port : null,
    isReady: lines[7]?.trim() === "ready",
  };
}

/** The live postmaster of this cluster; null when none runs. */
export async function findPostmaster(clusterDir: string): Promise<PostmasterFile | null> {
  const file = await readPostmasterFile(clusterDir);
  return file !== null && (await isPostmasterOf(file.pid, clusterDir)) ? file : null;
}

// No process ever has this id (Linux and macOS stop far below), so PostgreSQL sees a dead owner.
const DEAD_PID = 2_147_483_647;

/**
 * After a kill -9 the pid in `postmaster.pid` may by now be a stranger's, and PostgreSQL would refuse
 * to start. The pid alone is replaced: the shared memory key stays, so PostgreSQL still refuses while
 * an orphaned backend of the old postmaster lives.
 */
export async function disownStaleFile(clusterDir: string): Promise<void> {
  const file = await readPostmasterFile(clusterDir);
  if (file === null || file.pid === DEAD_PID) return;
  if (!(await isProcessAlive(file.pid)) || (await isPostmasterOf(file.pid, clusterDir))) return;
  const path = join(clusterDir, "postmaster.pid");
  const { mode } = await stat(path);
  const [, ...rest] = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, [String(DEAD_PID), ...rest].join("\n"), { mode });
}
