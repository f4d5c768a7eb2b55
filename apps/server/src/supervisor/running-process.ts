import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { isProcessAlive } from "@ob/db/embedded";
import { setTimeout as pause } from "node:timers/promises";

/** A process we started, or one we found running and took over. */
export interface RunningProcess {
  pid: number;
  /** Resolves when it is gone, with how it ended (`exit 1`, `SIGKILL`; `gone` when not our child). */
  exited: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface LaunchOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string | undefined>;
  stdio: StdioOptions;
}

/** Starts a process in its own session, so that a terminal's Ctrl-C reaches the supervisor alone. */
export function launchProcess(o: LaunchOptions): RunningProcess {
  const { cwd, env, stdio } = o;
  const child = spawn(o.command, [...o.args], { cwd, env, stdio, detached: true });
  child.stdin?.on("error", () => {});
  return { pid: child.pid ?? 0, exited: endOf(child), kill: (signal) => child.kill(signal) };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
  });
}

/** Takes over a process that somebody else started. */
export function adoptProcess(pid: number): RunningProcess {
  return {
    pid,
    exited: watch(pid),
    kill: (signal) => {
      try {
        process.kill(pid, signal);
      } catch {
        // It is gone already; `exited` says so.
      }
    },
  };
}

async function watch(pid: number): Promise<string> {
  while (await isProcessAlive(pid)) await pause(200, undefined, { ref: false });
  return "gone";
}
