import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { processEnvironment } from "./process-environment.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** A replica as a process of its own: the built program, nothing of it in this process. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  stderr(): string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
}

/** Starts it and waits until it listens. @throws {Error} with what it said when it ends before that */
export async function startProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const run = spawnServer(environment);
  const port = await Promise.race([
    listeningPort(run),
    once(run.child, "exit").then(() => Promise.reject(new Error(`it ended:\n${run.stderr()}`))),
  ]);
  return {
    url: `http://localhost:${port}`,
    child: run.child,
    stderr: run.stderr,
    async end(signal) {
      const startedMs = performance.now();
      run.child.kill(signal);
      return { code: await exitCode(run.child), ms: performance.now() - startedMs };
    },
  };
}

/** Starts it and waits until it has ended by itself. */
export async function runToEnd(
  environment: Record<string, string>,
): Promise<{ code: number | null; stderr: string }> {
  const run = spawnServer(environment);
  const code = await exitCode(run.child);
  return { code, stderr: run.stderr() };
}

export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

interface Run {
  child: ChildProcess;
  stderr: () => string;
}

/** Starts it and waits for nothing. */
export function spawnServer(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...processEnvironment(), ...environment },
    stdio: ["pipe", "ignore", "pipe"],
  });
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, stderr: () => text };
}

function listeningPort(run: Run): Promise<number> {
  return new Promise((resolve) => {
    run.child.stderr?.on("data", () => {
      const line = run
        .stderr()
        .split("\n")
        .find((candidate) => candidate.includes('"event":"listening"'));
      const port = /"port":(\d+)/.exec(line ?? "")?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
