import type { Asset, Job } from "@ob/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, fixture, type Guest, ok, query, signIn } from "./support/caller.ts";
import { expectRefused } from "./support/expect-refused.ts";
import { openStream } from "./support/read-stream.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

// Five secrets, planted where each would be in real life, and found nowhere else.
const AUTH_SECRET = "canary-auth-secret-0123456789abcdefghij";
const GPU_KEY = "rpa_canary_gpu_key_0123456789";
const STRANGER_BEARER = "canaryBearer0123456789.canarySignature";
const WEBHOOK_TOKEN = "canary_webhook_token_0123456789";
const PROMPT = "canary prompt ใบไม้สีทอง 0123456789";

let studio: Studio;
let guest: Guest;
let photo: Asset;
let job: Job;
const bodies: string[] = [];

beforeAll(async () => {
  studio = await startStudio({
    environment: { AUTH_SECRET, RUNPOD_API_KEY: GPU_KEY, LOG_LEVEL: "debug" },
  });
  guest = await signIn(studio.url);
  photo = await guest.upload(await fixture("rocket.jpg"));
  const created = await guest.createJob({ imageAssetId: photo.assetId, prompt: PROMPT });
  await waitForJob(guest, created.id);
  await provokeEverything();
  job = ok(await guest.query<Job>("jobs.get", { jobId: created.id }));
});
afterAll(async () => studio?.stop());

/** Successes, refusals and failures, each with a secret near it. */
async function provokeEverything(): Promise<void> {
  const headers = { authorization: `Bearer ${STRANGER_BEARER}` };
  const keep = async (answer: Promise<{ text: string }>) => bodies.push((await answer).text);
  await keep(query(studio.url, "credits.balance", undefined, headers));
  // A path comes back to whoever asked for it, but into no log.
  await call(`${studio.url}/api/trpc/${STRANGER_BEARER}`, { headers });
  await keep(
    call(`${studio.url}/webhooks/runpod/${WEBHOOK_TOKEN}`, { method: "POST", body: WEBHOOK_TOKEN }),
  );
  await keep(call(`${studio.url}/files/1.i.${WEBHOOK_TOKEN}/assets/x`, { headers }));
  await keep(
    call(`${studio.url}/?token=${WEBHOOK_TOKEN}`, { headers: { cookie: `x=${STRANGER_BEARER}` } }),
  );
  await keep(call(`${studio.url}/health/ready`, {}));
  await keep(guest.mutate("jobs.create", { secret: STRANGER_BEARER }));
  await keep(guest.query("jobs.list", {}));
  const stream = await openStream(
    studio.url,
    { jobId: crypto.randomUUID() },
    { headers: { cookie: guest.cookie } },
  );
  bodies.push(await stream.text());
  // A query that fails tells its parameters, the token among them, in its message.
  const { sql } = studio.database;
  // Nobody has looked his session up yet.
  const newcomer = await signIn(studio.url);
  await sql`alter table sessions rename to sessions_away`;
  const failed = await Promise.all([
    newcomer.query("credits.balance"),
    query(studio.url, "credits.balance", undefined, { cookie: newcomer.cookie }),
  ]);
  await sql`alter table sessions_away rename to sessions`;
  for (const answer of failed) {
    expectRefused(answer, { code: "INTERNAL", status: 500 });
    bodies.push(answer.text);
  }
}

const planted = {
  AUTH_SECRET,
  "RunPod key": GPU_KEY,
  "a caller's Bearer": STRANGER_BEARER,
  "a webhook token": WEBHOOK_TOKEN,
} as const;

test.each(Object.entries(planted))("%s is in no log line", (_name, secret) => {
  expect(studio.logText().length).toBeGreaterThan(1_000);
  expect(studio.logText()).not.toContain(secret);
});

test("a prompt, a session token, a signature and a file URL are in no log line", () => {
  const log = studio.logText();
  const signature = /\.i\.([A-Za-z0-9_-]{20,})\//.exec(photo.previewUrl)?.[1] ?? "";
  expect(signature).not.toBe("");
  for (const secret of [
    PROMPT,
    "ใบไม้สีทอง",
    guest.token,
    guest.token.split(".")[0] ?? "",
    signature,
    job.result?.url ?? "",
  ]) {
    expect(secret.length).toBeGreaterThan(5);
    expect(log).not.toContain(secret);
  }
});

test("a failed query is logged with its cause, and without its statement and parameters", () => {
  expect(studio.logText()).toMatch(/relation \\"sessions\\" does not exist/);
  expect(studio.logText()).not.toMatch(/Failed query|params:/);
});

test("the database password is in no log line", async () => {
  const { password } = new URL(studio.database.url);
  expect(password.length).toBeGreaterThan(5);
  expect(studio.logText()).not.toContain(password);
});

test.each(Object.entries(planted))("%s is in no row of any table", async (_name, secret) => {
  const found = await tablesWith(secret);
  expect(found).toEqual([]);
});

test("what is in a row is found by this search", async () => {
  expect(await tablesWith(PROMPT)).toContain("jobs");
});

test.each(Object.entries(planted))("%s is in no answer", (_name, secret) => {
  expect(bodies.join("\n").length).toBeGreaterThan(1_000);
  expect(bodies.join("\n")).not.toContain(secret);
});

test("no webhook token and no session can be read from the database as it is used", async () => {
  const attempts = await studio.database.sql`select token_sha256 from attempts`;
  expect(attempts.length).toBeGreaterThan(0);
  for (const row of attempts) {
    expect(row["token_sha256"]).toMatch(/^[0-9a-f]{64}$/);
    const path = `${studio.url}/webhooks/runpod/${String(row["token_sha256"])}`;
    const answer = await fetch(path, { method: "POST", body: "{}" });
    expect(answer.status).toBe(404);
  }
});

test("a request is logged by its pattern, with its id, status and owner", () => {
  const lines = studio
    .logText()
    .trim()
    .split("\n")
    .map((line) => parsed<Record<string, unknown>>(line));
  const requests = lines.filter((line) => line["event"] === "request");
  expect(requests).toContainEqual(
    expect.objectContaining({
      route: "/api/trpc/jobs.create",
      status: 200,
      ownerId: expect.any(String),
    }),
  );
  expect(requests).toContainEqual(expect.objectContaining({ route: "/files/:grant/:key" }));
  expect(requests).toContainEqual(expect.objectContaining({ route: "/webhooks/:source/:token" }));
  for (const line of requests) expect(String(line["route"])).not.toMatch(/canary|[0-9a-f]{32}/);
});

test("submit, status changes and completion of a job each have their line", () => {
  const about = studio
    .logText()
    .split("\n")
    .filter((line) => line.includes(job.id));
  const missing = ["submitting", "finished", "stored"].filter(
    (word) => !about.some((line) => line.includes(word)),
  );
  expect(missing).toEqual([]);
});

async function tablesWith(text: string): Promise<string[]> {
  const { sql } = studio.database;
  const tables = await sql`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss', 'drizzle')`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await sql`
      select 1 from ${sql(String(schema))}.${sql(String(name))} t
      where position(${text} in t::text) > 0 limit 1`;
    if (rows.length > 0) found.push(String(name));
  }
  return found;
}
