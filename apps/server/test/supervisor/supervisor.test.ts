import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { choosePort, isProcessAlive } from "@ob/db/embedded";
import { afterEach, expect, test, vi } from "vitest";
import { readRunFile, type PartName, type RunFile } from "../../src/supervisor/run-files.ts";

// Real processes and a real PostgreSQL on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const PATIENCE = { timeout: 60_000, interval: 25 };
const PARTS = ["server", "postgres", "simulator"] as const;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

async function dataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-studio-"));
  // As root the database runs as another user, who must be able to come in.
  await chmod(dataDir, 0o755);
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

interface Studio {
  pid: number;
  stdout: () => string;
  stderr: () => string;
  /** Resolves to the exit code once it ended (null: by a signal). */
  ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  disconnect(): void;
  ready(): Promise<void>;
}

function startStudio(dataDir: string, environment: Record<string, string> = {}): Studio {
  const main = fileURLToPath(new URL("./fixture-studio.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=ob-source", main], {
    env: { PATH: process.env["PATH"], DATA_DIR: dataDir, PORT: "0", ...environment },
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
  cleanups.push(async () => {
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

async function partsOf(dataDir: string): Promise<Record<PartName, RunFile>> {
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

async function expectAllGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(async () => {
    for (const pid of pids) expect(await isProcessAlive(pid)).toBe(false);
  }, PATIENCE);
}

test("Ready is the last line of stdout, the files name what serves, and SIGTERM ends all of it", async () => {
  const dataDir = await dataFolder();
  const studio = startStudio(dataDir);
  await studio.ready();
  const parts = await partsOf(dataDir);
  expect(studio.stdout().trimEnd().split("\n").at(-1)).toBe(
    `Ready: http://localhost:${parts.server.port}`,
  );
  expect(parts.server.url).toBe(`http://localhost:${parts.server.port}`);
  const answer = await (await fetch(parts.server.url)).json();
  expect(answer).toMatchObject({ gpu: `${parts.simulator.url}/v2` });
  expect(answer).toHaveProperty("database", expect.stringContaining(`:${parts.postgres.port}/`));
  studio.kill("SIGTERM");
  expect(await studio.ended).toBe(0);
  await expectAllGone(PARTS.map((part) => parts[part].pid));
  expect((await readdir(join(dataDir, "run"))).filter((name) => name.endsWith(".json"))).toEqual(
    [],
  );
});

test("each part that is killed is back on its port, with its file rewritten", async () => {
  const dataDir = await dataFolder();
  await startStudio(dataDir).ready();
  for (const part of PARTS) {
    const before = (await partsOf(dataDir))[part];
    process.kill(before.pid, "SIGKILL");
    await vi.waitFor(
      async () => expect((await partsOf(dataDir))[part].pid).not.toBe(before.pid),
      PATIENCE,
    );
    const after = (await partsOf(dataDir))[part];
    expect({ ...after, pid: 0 }).toEqual({ ...before, pid: 0 });
    expect(await isProcessAlive(after.pid)).toBe(true);
  }
});

test("after kill -9 of the supervisor the server goes, and the next start takes the living parts over", async () => {
  const dataDir = await dataFolder();
  const first = startStudio(dataDir);
  await first.ready();
  const before = await partsOf(dataDir);
  first.kill("SIGKILL");
  await first.ended;
  await expectAllGone([before.server.pid]);
  const second = startStudio(dataDir);
  await second.ready();
  const after = await partsOf(dataDir);
  expect(after.postgres).toEqual(before.postgres);
  expect(after.simulator).toEqual(before.simulator);
  second.kill("SIGINT");
  expect(await second.ended).toBe(0);
  await expectAllGone(PARTS.map((part) => after[part].pid));
});

test("a simulator left over with other settings is replaced", async () => {
  const dataDir = await dataFolder();
  const first = startStudio(dataDir, { SIMULATOR_GPU_MS: "1000" });
  await first.ready();
  const before = await partsOf(dataDir);
  first.kill("SIGKILL");
  await first.ended;
  await startStudio(dataDir, { SIMULATOR_GPU_MS: "2000" }).ready();
  expect((await partsOf(dataDir)).simulator.pid).not.toBe(before.simulator.pid);
  expect(await isProcessAlive(before.simulator.pid)).toBe(false);
});

test.each(["Creating the database", "Starting the server"])(
  "a stop at the stage %j leaves nothing running",
  async (stage) => {
    const dataDir = await dataFolder();
    const studio = startStudio(dataDir);
    await vi.waitFor(() => expect(studio.stdout()).toContain(stage), PATIENCE);
    const parts = await Promise.all(PARTS.map((part) => readRunFile(dataDir, part)));
    studio.kill("SIGINT");
    expect(await studio.ended).toBe(0);
    expect(studio.stdout()).not.toContain("Ready:");
    await expectAllGone(parts.flatMap((file) => (file === null ? [] : [file.pid])));
    await startStudio(dataDir).ready();
  },
);

test("when the process that started it is gone, everything ends", async () => {
  const dataDir = await dataFolder();
  const studio = startStudio(dataDir);
  await studio.ready();
  const parts = await partsOf(dataDir);
  studio.disconnect();
  expect(await studio.ended).toBe(0);
  await expectAllGone(PARTS.map((part) => parts[part].pid));
});

test("a taken PORT is one sentence and exit 1", async () => {
  const dataDir = await dataFolder();
  const port = await choosePort();
  const squatter = createServer().listen(port, "127.0.0.1");
  await once(squatter, "listening");
  cleanups.push(async () => squatter.close());
  const studio = startStudio(dataDir, { PORT: String(port) });
  expect(await studio.ended).toBe(1);
  expect(studio.stderr()).toBe(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start\n`,
  );
});

test("of two starts at once one wins, and the other names it", async () => {
  const dataDir = await dataFolder();
  const studios = [startStudio(dataDir), startStudio(dataDir)];
  const loser = await Promise.race(studios.map((studio) => studio.ended.then(() => studio)));
  expect(await loser.ended).toBe(1);
  expect(loser.stderr()).toContain("OB AI Studio already");
  const winner = studios.find((studio) => studio !== loser);
  await winner?.ready();
  const third = startStudio(dataDir);
  expect(await third.ended).toBe(1);
  expect(third.stderr()).toContain(`runs at ${(await partsOf(dataDir)).server.url}`);
});

test("what the server would refuse is refused before anything starts", async () => {
  const studio = startStudio(await dataFolder(), { STORAGE: "s3", PORT: "0" });
  expect(await studio.ended).toBe(1);
  expect(studio.stderr()).toContain("STORAGE");
  expect(studio.stdout()).toBe("");
});
