import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Guest, signIn } from "./support/caller.ts";
import { startDrawingJob } from "./support/drawing-job.ts";
import { expectInvariants } from "./support/expect-invariants.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";

const FORGERIES = 500 * inject("rounds");
const AT_ONCE = 50;
const MB = 1024 * 1024;

let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 3_600_000 });
  guest = await signIn(studio.url);
});
afterAll(async () => studio?.stop());

const ring = (
  token: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => fetch(`${studio.url}/webhooks/runpod/${token}`, { method: "POST", body, headers });

/** Everything that a webhook must not change. */
async function facts(): Promise<unknown> {
  const { sql } = studio.database;
  return {
    jobs: await sql`select id, status, stage, error_code, tries from jobs order by id`,
    attempts: await sql`
      select id, state, runpod_job_id, dead_reason, sent_at, ended_at from attempts order by id`,
    transfers: await sql`select count(*)::int as n from credit_transfers`,
    events: await sql`select count(*)::int as n from job_events`,
  };
}

test("forgeries and repeats by the thousand change nothing, whatever they say", async () => {
  const target = await startDrawingJob(studio, guest);
  const [attempt] = await studio.database.sql`
    select runpod_job_id as id from attempts where job_id = ${target.job.id}`;
  const trueId = String(attempt?.["id"]);
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const completed = { status: "COMPLETED", output: { images: [] } };
  const bodies: readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>?][] = [
    ["another's id", JSON.stringify({ id: "somebody-elses-e1", ...completed })],
    ["its own id", JSON.stringify({ id: trueId, ...completed })],
    ["FAILED", JSON.stringify({ id: trueId, status: "FAILED", error: "it says so" })],
    ["CANCELLED", JSON.stringify({ id: trueId, status: "CANCELLED" })],
    ["null", "null"],
    ["a page", "<!doctype html><h1>502</h1>"],
    ["nothing", ""],
    ["deep JSON", `{"input":${deep},"id":"${trueId}"}`],
    ["gzip", gzipSync(JSON.stringify(completed)), { "content-encoding": "gzip" }],
    ["bytes", randomBytes(2_000)],
  ];
  const before = await facts();
  let asked = 0;
  const answers = new Map<number, number>();
  const forge = async () => {
    while (asked < FORGERIES) {
      const n = asked;
      asked += 1;
      const [, body, headers] = bodies[n % bodies.length] ?? ["", ""];
      const isWrong = Math.floor(n / bodies.length) % 2 === 0;
      const token = isWrong ? randomBytes(32).toString("base64url") : target.token;
      const { status } = await ring(token, body, headers);
      const expected = isWrong ? 404 : 200;
      if (status !== expected) throw new Error(`${n}: answered ${status}`);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, forge));
  expect(answers.get(404)).toBe(FORGERIES / 2);
  expect(answers.get(200)).toBe(FORGERIES / 2);
  expect(await facts()).toEqual(before);
  expect(studio.logText()).not.toContain(target.token);
  await expectInvariants(studio.database.sql);
});

test("the answer does not wait for the body, and a body that never ends is cut off", async () => {
  const { token } = await startDrawingJob(studio, guest);
  const { hostname, port } = new URL(studio.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const head = [
    `POST /webhooks/runpod/${token} HTTP/1.1`,
    "Host: localhost",
    `Content-Length: ${100 * MB}`,
    "Content-Type: application/json",
  ].join("\r\n");
  socket.write(`${head}\r\n\r\n{"delayTime":1,`);
  // One drop of a hundred megabytes has come: the rest is still to be sent.
  const [answer]: unknown[] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 200/);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const piece = Buffer.alloc(MB, "x");
  let sentMb = 0;
  const flood = async () => {
    while (!socket.destroyed && sentMb < 90) {
      if (!socket.write(piece)) await Promise.race([once(socket, "drain").catch(() => {}), closed]);
      sentMb += 1;
    }
  };
  await Promise.all([flood(), closed]);
  expect(sentMb).toBeGreaterThanOrEqual(32);
  expect(sentMb).toBeLessThan(90);
});

test("fifty megabytes pass through without being kept", async () => {
  const { token } = await startDrawingJob(studio, guest);
  const pieces = 50;
  let highest = 0;
  const before = process.memoryUsage();
  const flood = () => {
    let sent = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        highest = Math.max(highest, arrayBuffers + heapUsed);
        if (sent === pieces) return controller.close();
        sent += 1;
        controller.enqueue(new Uint8Array(MB).fill(0x20));
      },
    });
  };
  const send = (to: string) =>
    fetch(`${studio.url}/webhooks/runpod/${to}`, {
      method: "POST",
      body: flood(),
      duplex: "half",
    }).then(
      ({ status }) => status,
      // Cut off while it was still sending.
      () => 0,
    );
  const wrong = randomBytes(32).toString("base64url");
  const statuses = await Promise.all([token, token, wrong, wrong].map(send));
  for (const status of statuses) expect([0, 200, 404]).toContain(status);
  // Four times fifty were offered; this process also holds the senders' pieces.
  expect(highest - before.arrayBuffers - before.heapUsed).toBeLessThan(100 * MB);
});
