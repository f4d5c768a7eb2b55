import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import { type Simulator, startSimulator } from "@ob/runpod/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDatabase } from "../src/commands/doctor/check-database.ts";
import { checkSettings } from "../src/commands/doctor/check-settings.ts";
import { textOfReports } from "../src/commands/doctor/doctor-text.ts";
import { readPatientEnv } from "../src/commands/doctor/read-patient.ts";
import { runDoctor } from "../src/commands/doctor/run-doctor.ts";
import { patientsOf } from "./support/doctor-patients.ts";
import { runOperatorCommand } from "./support/run-operator-command.ts";
import { TEST_GPU_KEY } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";

let database: TestDatabase;
let simulator: Simulator;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ob-doctor-"));
  database = await createTestDatabase();
  simulator = await startSimulator({ port: 0, gpuMs: 20, queueMs: 5, workers: 2, seed: 1 });
});
afterAll(async () => {
  await simulator?.stop();
  await database?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const { environment, patient, find } = patientsOf(() => ({
  dataDir,
  databaseUrl: database.url,
  gpuUrl: simulator.url,
}));

test("where all is well the doctor says so, also of a worker that was sent graphs to validate", async () => {
  const reports = await runDoctor(patient({}, { mayDryRun: true }));
  expect(reports.map(({ check, state }) => [check, state])).toEqual([
    ["settings", "ok"],
    ["database", "ok"],
    ["storage", expect.stringMatching(/^(ok|warning)$/)],
    ["gpu", "ok"],
    ["comfyui", "skipped"],
    ["dry-run", "ok"],
    ["webhooks", "skipped"],
  ]);
  const text = textOfReports(reports);
  expect(text).toContain("Every migration is applied.");
  expect(text).toMatch(/ไม่มีอะไรต้องแก้|ควรปรับ/);
  const runs: unknown = await (await fetch(`${simulator.url}/control/jobs`)).json();
  expect(runs).toEqual(expect.arrayContaining([expect.objectContaining({ status: "FAILED" })]));
});

test("a check that fails in a way of its own keeps none from running", async () => {
  await writeFile(join(dataDir, "plain"), "");
  const reports = await runDoctor(
    patient({
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
      DATA_DIR: join(dataDir, "plain/below"),
      RUNPOD_BASE_URL: "http://127.0.0.1:1/v2",
    }),
  );
  const broken = reports.filter(({ state }) => state === "broken");
  expect(broken.map(({ check }) => check)).toEqual(["database", "storage", "gpu"]);
  for (const { findings } of broken) expect(findings[0]?.fix).toMatch(/\w{3}/);
  expect(textOfReports(reports)).toContain("ต้องแก้ 3 จุด");
});

test("a database that is not there, not migrated, or may only be read is told apart", async () => {
  const url = new URL(database.url);
  url.pathname = "/no-such-database";
  expect(await find(checkDatabase, { DATABASE_URL: url.href })).toMatchObject([
    { state: "broken", fix: expect.stringContaining("createdb") },
  ]);
  const readOnly = `${database.url}?default_transaction_read_only=on`;
  expect(await find(checkDatabase, { DATABASE_URL: readOnly })).toContainEqual({
    state: "broken",
    says: "Nothing can be written (25006).",
    fix: "It is read-only: DATABASE_URL must name the primary, not a replica.",
  });
  const late = () => new Date(Date.now() + 60_000);
  expect(await find(checkDatabase, {}, { now: late })).toContainEqual(
    expect.objectContaining({ state: "warning", fix: expect.stringContaining("NTP") }),
  );
  const { sql } = database;
  const [last] = await sql`
    delete from drizzle.__drizzle_migrations
    where id = (select max(id) from drizzle.__drizzle_migrations) returning *`;
  expect(await find(checkDatabase)).toContainEqual(
    expect.objectContaining({
      state: "broken",
      says: expect.stringContaining("1 migrations are not applied"),
    }),
  );
  await sql`insert into drizzle.__drizzle_migrations ${sql(last ?? {})}`;
  const newer = await sql`
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)
    returning id`;
  expect(await find(checkDatabase)).toContainEqual(
    expect.objectContaining({ state: "warning", says: expect.stringContaining("newer program") }),
  );
  await sql`delete from drizzle.__drizzle_migrations where id = ${Number(newer[0]?.["id"])}`;
});

test.each([
  ["NODE_ENV", { PUBLIC_URL: "https://studio.example.com" }],
  ["SIMULATED", { PUBLIC_URL: "https://studio.example.com" }],
  ["TRUSTED_PROXY_HOPS", { PUBLIC_URL: "https://studio.example.com" }],
  ["HOST=0.0.0.0", { HOST: "0.0.0.0" }],
  ["AUTH_SECRET", { AUTH_SECRET: "a".repeat(64) }],
  ["GUEST_CREDITS", { GUEST_CREDITS: "5000" }],
  ["FAILPOINT", { FAILPOINT: "job.created:1" }],
])("%s is warned of with %j, and with a way out", async (said, change) => {
  const findings = await find(checkSettings, change);
  const [finding] = findings.filter(({ says }) => says.includes(said));
  expect(finding).toMatchObject({ state: "warning", fix: expect.stringMatching(/\w{3}/) });
});

test("an environment that does not start is told whole; a studio at rest lacks nothing", async () => {
  const production = await readPatientEnv({ NODE_ENV: "production", DATA_DIR: dataDir }, null);
  if (production.ok) throw new Error("it was read");
  const said = production.findings.map(({ says }) => says).join("\n");
  for (const name of ["GPU_BACKEND", "STORAGE", "PUBLIC_URL", "DATABASE_URL", "AUTH_SECRET"]) {
    expect(said).toContain(`${name} is missing`);
  }
  expect((await readPatientEnv({ DATA_DIR: dataDir }, null)).ok).toBe(true);
});

test("the command tells it as one JSON document, and ends with 1 when something is to be mended", async () => {
  const sick = environment({ RUNPOD_BASE_URL: "http://127.0.0.1:1/v2" });
  const answer = await runOperatorCommand("doctor", ["--json"], sick);
  expect(answer).toMatchObject({ code: 1, stderr: "" });
  const document = parsed<{ ok: boolean; reports: { check: string; state: string }[] }>(
    answer.stdout,
  );
  expect(document.ok).toBe(false);
  expect(document.reports).toContainEqual(
    expect.objectContaining({ check: "gpu", state: "broken" }),
  );
  expect(answer.stdout).not.toContain(TEST_GPU_KEY);
});
