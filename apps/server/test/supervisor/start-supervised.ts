import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isProcessAlive } from "@ob/db/embedded";
import { onTestFinished, vi } from "vitest";
import { readRunFile, type PartName, type RunFile } from "../../src/supervisor/run-files.ts";
import { processEnvironment } from "../support/process-environment.ts";

/** Real processes and a real PostgreSQL on a busy machine. */
export const PATIENCE = { timeout: 60_000, interval: 25 };
/** Everything a supervisor keeps running. */
export const PARTS = ["server", "postgres", "simulator"] as const;

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Environment of a studio in which nothing stands in: the real programs, under the real supervisor. */
export const REAL_PARTS = {
  TEST_SERVER: pathOf("../../src/main.ts"),
  TEST_SIMULATOR: pathOf("../../../../packages/runpod/src/simulator/main.ts"),
};

/** A folder for one test. */
export async function dataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-studio-"));
  // As root the database runs as another user, who must be able to come in.
  await chmod(dataDir, 0o755);
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** A supervisor in a process of its own. */
export interface Studio {
  pid: number;
  stdout: () => string;
  stderr: () => string;
  /** Resolves to the exit code once it ended (null: by a signal). */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  disconnect(): void;
  ready(): Promise<void>;
}

/** Starts the real supervisor, over stand-ins unless TEST_SERVER and TEST_SIMULATOR name others. */
export function startStudio(dataDir: string, environment: Record<string, string> = {}): Studio {
  const main = pathOf("./fixture-studio.ts");
  const child = spawn(process.execPath, ["--conditions=ob-source", main], {
    env: { ...processEnvironment(), DATA_DIR: dataDir, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const studio: Studio = {
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    kill: (signal) => child.kill(signal),
    disconnect: () => child.disconnect(),
    ready: () =>
      vi.waitFor(() => {
        if (!said.stdout.includes("Ready:"))
          throw new Error(`not ready:\n${said.stdout}${said.stderr}`);
      }, PATIENCE),
  };
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
    for (const part of PARTS) await killPart(dataDir, part);
  });
  return studio;
}

/** After a test that killed the supervisor nobody else would end these. */
async function killPart(dataDir: string, part: PartName): Promise<void> {
  const file = await readRunFile(dataDir, part);
  if (file !== null && (await isProcessAlive(file.pid))) process.kill(file.pid, "SIGKILL");
}

/** What the run files say. @throws {Error} when one is not there */
export async function partsOf(dataDir: string): Promise<Record<PartName, RunFile>> {
  const read = async (part: PartName): Promise<RunFile> => {
    const file = await readRunFile(dataDir, part);
    if (file === null) throw new Error(`no run file of ${part}`);
    return file;
  };
  return {
    server: await read("server"),
    postgres: await read("postgres"),
    simulator: await read("simulator"),
  };
}
