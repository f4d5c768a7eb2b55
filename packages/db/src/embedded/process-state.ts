import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";

/** Whether the process runs; a zombie nobody reaped counts as gone. */
export async function isProcessAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return false;
  const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  return state !== "Z" && state !== "X";
}

/** Whether `pid` is a live postmaster working in `clusterDir` (and not a stranger with a reused pid). */
export async function isPostmasterOf(pid: number, clusterDir: string): Promise<boolean> {
  if (!(await isProcessAlive(pid))) return false;
  if (process.platform === "linux") {
    const comm = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    if (comm.trim() !== "postgres") return false;
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return cwd === null || cwd === clusterDir;
  }
  const command = await commandOf(pid);
  return command.includes("postgres") && command.includes(clusterDir);
}

/** The process's command line, parts joined by spaces; empty when it is gone. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return line.split("\0").join(" ").trim();
  }
  return await new Promise((resolve) => {
    execFile("ps", ["-ww", "-o", "command=", "-p", String(pid)], (_error, stdout) =>
      resolve(stdout.trim()),
    );
  });
}

/** Resolves true once the process is gone, false when `timeoutMs` passed first. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (await isProcessAlive(pid)) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/** Waits `ms` without holding the process open longer than needed. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
