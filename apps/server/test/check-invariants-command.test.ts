import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "@ob/db";
import { isProcessAlive, startEmbeddedPostgres } from "@ob/db/embedded";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { openOperatorDatabase } from "../src/commands/open-operator-database.ts";
import { holdStudioLock } from "../src/supervisor/studio-lock.ts";
import { processEnvironment } from "./support/process-environment.ts";

interface Answer {
  code: number;
  document: unknown;
  stderr: string;
}

/** Runs the command as an operator would, and reads all of its stdout as one JSON document. */
function check(environment: Record<string, string>): Promise<Answer> {
  const main = fileURLToPath(new URL("../src/commands/check-invariants.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=ob-source", main],
      { env: { ...processEnvironment(), ...environment } },
      (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, document: JSON.parse(stdout), stderr }),
    );
  });
}

async function dataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "ob-check-"));
  // As root the database runs as another user, who must be able to come in.
  await chmod(dataDir, 0o755);
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test("without any database the answer is: could not ask", async () => {
  const answer = await check({ DATA_DIR: await dataFolder() });
  expect(answer).toMatchObject({ code: 2, document: { ok: false } });
});

test("a database that a studio took over meanwhile is left to it", async () => {
  const dataDir = await dataFolder();
  const o = { dataDir, durable: true, log: () => {} };
  await (await startEmbeddedPostgres(o)).stop();
  const database = await openOperatorDatabase({ dataDir, databaseUrl: null });
  const lock = await holdStudioLock(dataDir);
  if (lock.kind !== "held") throw new Error("somebody holds it");
  const studio = await startEmbeddedPostgres(o);
  onTestFinished(() => studio.stop());
  expect(studio.adopted).toBe(true);
  await database.close();
  expect(await isProcessAlive(studio.pid)).toBe(true);
  await lock.release();
});

test("beside a live database it is read; a stopped one is started for the question and stopped again", async () => {
  const dataDir = await dataFolder();
  const live = await startEmbeddedPostgres({ dataDir, durable: false, log: () => {} });
  onTestFinished(() => live.stop());
  await migrate(live.url);
  expect(await check({ DATA_DIR: dataDir })).toMatchObject({
    code: 0,
    document: { ok: true },
    stderr: "",
  });
  expect(await isProcessAlive(live.pid)).toBe(true);

  // The database's own defences are switched off, or it would refuse.
  const sql = postgres(live.url, { max: 1, onnotice: () => {} });
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into credit_balances (owner_id, account, amount) values (gen_random_uuid(), 'available', 7)`;
  });
  await sql.end();
  expect(await check({ DATA_DIR: dataDir })).toMatchObject({ code: 1, document: { ok: false } });

  await live.stop();
  expect(await check({ DATA_DIR: dataDir })).toMatchObject({ code: 1, document: { ok: false } });
  const again = await startEmbeddedPostgres({ dataDir, durable: false, log: () => {} });
  onTestFinished(() => again.stop());
  expect(again.adopted).toBe(false);
});
