import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@ob/db/testing";
import {
  type Simulator,
  startComfyuiSimulator,
  startObjectStoreSimulator,
  startSimulator,
} from "@ob/runpod/simulator";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { checkComfyui } from "../src/commands/doctor/check-comfyui.ts";
import { checkDatabase } from "../src/commands/doctor/check-database.ts";
import { checkDryRun } from "../src/commands/doctor/check-dry-run.ts";
import { checkGpu } from "../src/commands/doctor/check-gpu.ts";
import { checkSettings } from "../src/commands/doctor/check-settings.ts";
import { checkStorage } from "../src/commands/doctor/check-storage.ts";
import { checkWebhooks } from "../src/commands/doctor/check-webhooks.ts";
import type { Check, Patient } from "../src/commands/doctor/finding.ts";
import { textOfReports } from "../src/commands/doctor/doctor-text.ts";
import { readPatientEnv } from "../src/commands/doctor/read-patient.ts";
import { runDoctor } from "../src/commands/doctor/run-doctor.ts";
import { readEnv } from "../src/env.ts";
import { answerAs, type PlainAnswer } from "./support/answer-as.ts";
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

const environment = (change: Record<string, string> = {}) => ({
  DATA_DIR: dataDir,
  DATABASE_URL: database.url,
  AUTH_SECRET: "dG90YWxseSByYW5kb20gYnl0ZXMgb2YgdGhlIHRlc3RzIGhlcmU",
  GPU_BACKEND: "simulator",
  RUNPOD_BASE_URL: `${simulator.url}/v2`,
  RUNPOD_API_KEY: TEST_GPU_KEY,
  ...change,
});

function patient(change: Record<string, string> = {}, o: Partial<Patient> = {}): Patient {
  const given = environment(change);
  return {
    given,
    env: readEnv(given),
    fetch,
    now: () => new Date(),
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    mayDryRun: false,
    ...o,
  };
}

const find = (check: Check, change: Record<string, string> = {}, o: Partial<Patient> = {}) =>
  check.run(patient(change, o));

async function statesOf(findings: ReturnType<typeof find>): Promise<string[]> {
  return [...new Set((await findings).map(({ state }) => state))];
}

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
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "endpoint-unknown"],
  [429, "rate-limited"],
])("an endpoint that answers %i is %s, with the advice for it", async (status, cause) => {
  const url = await answerAs(() => ({ status, body: {} }));
  const [finding] = await find(checkGpu, { RUNPOD_BASE_URL: `${url}/v2` });
  expect(finding).toMatchObject({ state: "broken", says: expect.stringContaining(cause) });
  expect(finding?.fix).toMatch(/[ก-๙]/);
  expect(JSON.stringify(finding)).not.toContain(TEST_GPU_KEY);
});

test.each([
  [{ ready: 1 }, 0, "ok"],
  [{ throttled: 3 }, 2, "warning"],
  [{}, 4, "broken"],
  [{}, 0, "warning"],
  [{ initializing: 1 }, 4, "warning"],
])("workers %j with %i jobs waiting are %s", async (some, inQueue, state) => {
  const workers = { idle: 0, ready: 0, running: 0, initializing: 0, throttled: 0, ...some };
  const body = { jobs: { inQueue, inProgress: 0 }, workers };
  const url = await answerAs(() => ({ body }));
  expect(await statesOf(find(checkGpu, { RUNPOD_BASE_URL: `${url}/v2` }))).toEqual([state]);
});

test("a bucket that no browser may write to is told from one that works", async () => {
  const origin = "https://studio.example";
  const keys = { accessKeyId: "key-of-the-tests", secretAccessKey: "secret-of-the-tests-0123" };
  const settings = async (corsOrigins: string[]) => {
    const store = await startObjectStoreSimulator({
      port: 0,
      bucket: "pictures",
      dialect: "s3",
      region: "auto",
      ...keys,
      corsOrigins,
    });
    onTestFinished(() => store.stop());
    return {
      STORAGE: "s3",
      S3_ENDPOINT: store.url,
      S3_REGION: "auto",
      S3_BUCKET: "pictures",
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      PUBLIC_URL: origin,
    };
  };
  expect(await statesOf(find(checkStorage, await settings([origin])))).toEqual(["ok"]);
  expect(await find(checkStorage, await settings(["https://other.example"]))).toContainEqual(
    expect.objectContaining({ state: "broken", fix: expect.stringContaining("CORS") }),
  );
  const wrong = { ...(await settings([origin])), S3_SECRET_ACCESS_KEY: "not-the-secret" };
  expect(await statesOf(find(checkStorage, wrong))).toEqual(["broken"]);
});

test("a volume that takes our key is told from one that refuses it or is not there", async () => {
  const keys = {
    accessKeyId: "user_of_the_tests",
    secretAccessKey: "rps_secret_of_the_tests_0123",
  };
  const region = "EUR-IS-1";
  const volume = await startObjectStoreSimulator({
    dialect: "runpod-volume",
    bucket: "vol1",
    region,
    ...keys,
  });
  onTestFinished(() => volume.stop());
  const settings = {
    GPU_BACKEND: "runpod",
    RUNPOD_ENDPOINT_ID: "abc",
    RUNPOD_HANDLER: "volume-files",
    RUNPOD_VOLUME_ID: "vol1",
    RUNPOD_VOLUME_REGION: region,
    RUNPOD_VOLUME_ENDPOINT_URL: volume.url,
    RUNPOD_VOLUME_ACCESS_KEY_ID: keys.accessKeyId,
    RUNPOD_VOLUME_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  const look = async (change: Record<string, string>) =>
    (await find(checkGpu, { ...settings, ...change })).at(1);
  expect(await look({})).toMatchObject({ state: "ok" });
  expect(await look({ RUNPOD_VOLUME_SECRET_ACCESS_KEY: "wrong" })).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("not the RUNPOD_API_KEY"),
  });
  expect(await look({ RUNPOD_VOLUME_ID: "vol2" })).toMatchObject({
    state: "broken",
    fix: expect.stringContaining("RUNPOD_VOLUME_ID"),
  });
});

/** What a ComfyUI answers, changed. */
async function comfyuiWith(change: (path: string, body: unknown) => PlainAnswer): Promise<string> {
  const real = await startComfyuiSimulator({ port: 0, gpuMs: 1, seed: 1 });
  onTestFinished(() => real.stop());
  const bodies = new Map<string, unknown>();
  for (const path of ["/system_stats", "/object_info"]) {
    bodies.set(path, await (await fetch(real.url + path)).json());
  }
  return answerAs(({ url = "" }) => change(url, bodies.get(url)));
}

const comfyui = (url: string) => find(checkComfyui, { GPU_BACKEND: "comfyui", COMFYUI_URL: url });

test("a ComfyUI that has everything is well; an old one, a lacking file, a lacking class are told", async () => {
  expect(await statesOf(comfyui(await comfyuiWith((_, body) => ({ body }))))).toEqual(["ok"]);
  const old = { system: { comfyui_version: "0.3.10" } };
  const aged = await comfyuiWith((path, body) => ({ body: path === "/system_stats" ? old : body }));
  expect(await comfyui(aged)).toContainEqual(
    expect.objectContaining({ state: "broken", fix: "Update ComfyUI." }),
  );
  const withText = (change: (text: string) => string) =>
    comfyuiWith((path, body) => ({
      body: path === "/object_info" ? parsed(change(JSON.stringify(body))) : body,
    }));
  const fileless = await withText((text) =>
    text.replaceAll("qwen_image_vae.safetensors", "other.safetensors"),
  );
  expect(JSON.stringify(await comfyui(fileless))).toContain("qwen_image_vae.safetensors");
  const classless = await withText((text) =>
    text.replaceAll("TextEncodeQwenImageEditPlus", "TextEncodeOther"),
  );
  expect(JSON.stringify(await comfyui(classless))).toContain("TextEncodeQwenImageEditPlus");
});

test("what is no ComfyUI, wants a password, or does not answer is told", async () => {
  const html = await answerAs(() => ({ body: { hello: 1 } }));
  expect(await comfyui(html)).toMatchObject([{ says: expect.stringContaining("not ComfyUI") }]);
  const locked = await answerAs(({ headers }) => ({
    status: headers.authorization === "Basic dXNlcjpwYXNz" ? 200 : 401,
    body: {},
  }));
  expect(await comfyui(locked)).toMatchObject([
    { fix: expect.stringContaining("user and password") },
  ]);
  const known = locked.replace("http://", "http://user:pass@");
  expect(await comfyui(known)).toMatchObject([{ says: expect.stringContaining("not ComfyUI") }]);
  expect(await comfyui("http://127.0.0.1:1")).toMatchObject([{ state: "broken" }]);
});

// As worker-comfyui words ComfyUI's refusal.
const LACKS_FILE =
  "Workflow validation failed:\n• Node 37 (errors): [{'type': 'value_not_in_list', 'message': 'Value not in list', 'details': \"unet_name: 'qwen.safetensors' not in ['other.safetensors']\"}]\n• Node 37 (class_type): UNETLoader";

test.each([
  [{ status: "FAILED", error: LACKS_FILE }, "models/unet/qwen.safetensors"],
  [{ status: "FAILED", error: "Cannot execute because node X does not exist." }, "node X"],
  [{ status: "COMPLETED", output: { images: [] } }, "was not refused"],
])("a dry run that ends with %j is told", async (end, said) => {
  const url = await answerAs(({ url: path = "" }) => ({
    body: path.endsWith("/run") ? { id: "probe-1", status: "IN_QUEUE" } : { id: "probe-1", ...end },
  }));
  const findings = await find(checkDryRun, { RUNPOD_BASE_URL: `${url}/v2` }, { mayDryRun: true });
  expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(["broken"]));
  expect(findings.map(({ says }) => says).join(" ")).toContain(said);
});

test("a dry run that no worker takes ends by itself and is cancelled; without leave none is sent", async () => {
  const asked: string[] = [];
  const url = await answerAs(({ url: path = "" }) => {
    asked.push(path);
    return { body: { id: "probe-1", status: "IN_QUEUE" } };
  });
  const settings = { RUNPOD_BASE_URL: `${url}/v2` };
  expect(await statesOf(find(checkDryRun, settings))).toEqual(["skipped"]);
  expect(asked).toEqual([]);
  expect(await statesOf(find(checkDryRun, settings, { mayDryRun: true }))).toEqual(["broken"]);
  expect(asked.some((path) => path.includes("/cancel/"))).toBe(true);
});

const RUNPOD = { GPU_BACKEND: "runpod", RUNPOD_ENDPOINT_ID: "abc", RUNPOD_BASE_URL: "" };

test.each([
  [{}, "warning"],
  [{ PUBLIC_URL: "http://localhost:3000" }, "warning"],
  [{ PUBLIC_URL: "http://studio.example.com" }, "broken"],
  [{ PUBLIC_URL: "https://studio.invalid.example" }, "broken"],
])("webhooks of RunPod to %j are %s", async (change, state) => {
  const unreachable: typeof fetch = async () => {
    throw new TypeError("fetch failed", {
      cause: Object.assign(new Error(), { code: "ENOTFOUND" }),
    });
  };
  const o = { fetch: unreachable };
  expect(await statesOf(find(checkWebhooks, { ...RUNPOD, ...change }, o))).toEqual([state]);
});

test("a public address that leads elsewhere is told from one that leads to a studio", async () => {
  const change = { ...RUNPOD, PUBLIC_URL: "https://studio.example.com" };
  const through = async (answer: PlainAnswer) => {
    const origin = await answerAs(() => answer);
    const proxied: typeof fetch = (input, init) => {
      expect(input).toBe("https://studio.example.com/health/live");
      return fetch(`${origin}/health/live`, init);
    };
    return statesOf(find(checkWebhooks, change, { fetch: proxied }));
  };
  expect(await through({ body: { ok: true } })).toEqual(["ok"]);
  expect(await through({ body: "<html>log in</html>" })).toEqual(["broken"]);
  expect(await through({ status: 302, body: "" })).toEqual(["broken"]);
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
