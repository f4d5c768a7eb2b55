import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { choosePort, isProcessAlive } from "@ob/db/embedded";
import { expect, onTestFinished, test, vi } from "vitest";
import { readRunFile } from "../../src/supervisor/run-files.ts";
import { dataFolder, PARTS, partsOf, PATIENCE, startStudio } from "./start-supervised.ts";

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

test("what is left over from sources is ended by a start from builds, and the other way round", async () => {
  const dataDir = await dataFolder();
  const programs = await mkdtemp(join(tmpdir(), "ob-programs-"));
  onTestFinished(() => rm(programs, { recursive: true, force: true }));
  const source = join(programs, "src/simulator.ts");
  const build = join(programs, "dist/simulator.js");
  for (const program of [source, build]) {
    await mkdir(dirname(program));
    await copyFile(fileURLToPath(new URL("./fixture-simulator.ts", import.meta.url)), program);
  }
  await writeFile(join(programs, "package.json"), '{"type":"module"}');
  const pids: number[] = [];
  for (const program of [source, build, source]) {
    const studio = startStudio(dataDir, { TEST_SIMULATOR: program });
    await studio.ready();
    pids.push((await partsOf(dataDir)).simulator.pid);
    const alive = await Promise.all(pids.map((pid) => isProcessAlive(pid)));
    expect(alive).toEqual(pids.map((_, n) => n === pids.length - 1));
    studio.kill("SIGKILL");
    await studio.ended;
  }
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
  onTestFinished(() => void squatter.close());
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
