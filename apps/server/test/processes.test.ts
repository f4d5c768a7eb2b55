import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import type { Asset, Job, UploadTicket } from "@ob/api";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { fixture, type Guest, guestOf, ok, signIn } from "./support/caller.ts";
import { expectInvariants } from "./support/expect-invariants.ts";
import { openStream, readJobs } from "./support/read-stream.ts";
import {
  exitCode,
  runToEnd,
  type ServerProcess,
  spawnServer,
  startProcess,
} from "./support/start-process.ts";
import { startWorld, type World } from "./support/start-world.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let world: World;
let running: ServerProcess[];

beforeEach(() => {
  running = [];
});
afterEach(async () => {
  for (const server of running) {
    if (server.child.exitCode === null && server.child.signalCode === null)
      await server.end("SIGKILL");
  }
  await world?.stop();
});

async function start(extra: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startProcess({ ...world.environment, ...extra });
  running.push(server);
  return server;
}

async function createJob(guest: Guest): Promise<Job> {
  const photo: Asset = await guest.upload(await fixture("rocket.jpg"));
  return guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
}

const statusOf = async (jobId: string): Promise<unknown> => {
  const [row] = await world.database.sql`select status from jobs where id = ${jobId}`;
  return row?.["status"];
};

/** The job ended well on another process: once drawn, once paid, nothing left over. */
async function expectFinishedElsewhere(guest: Guest, jobId: string): Promise<void> {
  const next = await start();
  const again = guestOf(next.url, guest.token, guest.cookie);
  const job = await waitForJob(again, jobId, 55_000);
  expect(job).toMatchObject({ status: "done", credits: 3, refundedCredits: 0 });
  expect((await fetch(job.result?.url ?? "")).status).toBe(200);
  expect(await again.balance()).toEqual({ available: 17, held: 0 });
  expect(await world.runs()).toHaveLength(1);
  const attempts = await world.database.sql`select state from attempts where job_id = ${jobId}`;
  expect(attempts.map((row) => String(row["state"]))).toEqual(["finished"]);
  await expectInvariants(world.database.sql);
  expect((await next.end("SIGTERM")).code).toBe(0);
}

describe("kill -9, and a new process ends the job", () => {
  test("while the GPU draws", async () => {
    world = await startWorld({ gpuMs: 3_000 });
    const server = await start();
    const guest = await signIn(server.url);
    const job = await createJob(guest);
    await expect.poll(() => statusOf(job.id), { timeout: 20_000 }).toBe("running");
    await server.end("SIGKILL");
    expect(await statusOf(job.id)).toBe("running");
    await expectFinishedElsewhere(guest, job.id);
  });

  test("after the GPU completed, before anybody here knows", async () => {
    world = await startWorld({ gpuMs: 500 });
    await world.control("lose-webhook");
    const server = await start();
    const guest = await signIn(server.url);
    const job = await createJob(guest);
    // Nobody watches, so the job is asked for every five seconds only.
    const completed = async () => (await world.runs()).map((run) => run.status);
    await expect.poll(completed, { timeout: 20_000, interval: 20 }).toEqual(["COMPLETED"]);
    await server.end("SIGKILL");
    expect(["queued", "running"]).toContain(await statusOf(job.id));
    await expectFinishedElsewhere(guest, job.id);
  });

  test("after the picture is stored, before the job says so", async () => {
    world = await startWorld({ gpuMs: 300 });
    const server = await start({ FAILPOINT: "result.stored:1" });
    const guest = await signIn(server.url);
    const job = await createJob(guest);
    await exitCode(server.child);
    expect(server.child.signalCode).toBe("SIGKILL");
    expect(await readdir(join(world.dataDir, "files", "results"))).not.toEqual([]);
    expect(await statusOf(job.id)).toBe("storing");
    await expectFinishedElsewhere(guest, job.id);
  });
});

describe("SIGTERM", () => {
  test("ends streams, cuts a half-sent PUT without leftovers, and exits 0 within ten seconds", async () => {
    world = await startWorld({ gpuMs: 4_000 });
    const server = await start();
    const guest = await signIn(server.url);
    const job = await createJob(guest);
    const stream = await openStream(server.url, {}, { headers: { cookie: guest.cookie } });
    const ended = (async () => {
      for await (const update of readJobs(stream)) expect(update.job.id).toBe(job.id);
    })().then(
      () => "ended",
      () => "cut",
    );
    const declared = { kind: "image", contentType: "image/png", bytes: 100_000 };
    const ticket = ok(await guest.mutate<UploadTicket>("uploads.create", declared));
    const socket = await halfPut(ticket, 100_000);
    const tmp = join(world.dataDir, "files", "tmp");
    await expect.poll(() => readdir(tmp)).toHaveLength(1);

    const { code, ms } = await server.end("SIGTERM");
    expect({ code, stderr: server.stderr() }).toMatchObject({ code: 0 });
    expect(ms).toBeLessThan(10_000);
    expect(await ended).toBe("ended");
    expect(await readdir(tmp)).toEqual([]);
    socket.destroy();

    // What was cut may be tried again, and what was drawn is collected.
    const next = await start();
    const url = ticket.url.replace(server.url, next.url);
    const body = randomBytes(100_000);
    const put = await fetch(url, { method: "PUT", headers: ticket.headers, body });
    expect(put.status).toBe(200);
    const again = guestOf(next.url, guest.token, guest.cookie);
    expect((await waitForJob(again, job.id)).status).toBe("done");
    expect(await again.balance()).toEqual({ available: 17, held: 0 });
    expect(await world.runs()).toHaveLength(1);
    await next.end("SIGTERM");
    await expectInvariants(world.database.sql);
  });

  test("the end of a supervisor's pipe is taken like it", async () => {
    world = await startWorld({ gpuMs: 100 });
    const server = await start({ OB_SUPERVISED: "1" });
    server.child.stdin?.end();
    expect(await exitCode(server.child)).toBe(0);
    expect(server.stderr()).toContain('"event":"stopped"');
  });
});

describe("a stop during the boot", () => {
  test.each(["SIGTERM", "the end of a supervisor's pipe"])("%s ends it at once", async (how) => {
    world = await startWorld({ gpuMs: 100 });
    // Takes connections and never says a word: the boot waits for its database.
    const silent = createServer();
    const reached = once(silent.listen(0, "127.0.0.1"), "connection");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = z.object({ port: z.number() }).parse(silent.address());
    const DATABASE_URL = `postgres://nobody@127.0.0.1:${port}/none`;
    const run = spawnServer({ ...world.environment, DATABASE_URL, OB_SUPERVISED: "1" });
    await reached;
    if (how === "SIGTERM") run.child.kill("SIGTERM");
    else run.child.stdin?.end();
    expect({ code: await exitCode(run.child), stderr: run.stderr() }).toMatchObject({ code: 0 });
    expect(run.stderr()).toContain('"event":"stopped"');
  });
});

describe("a boot that cannot succeed", () => {
  test("says everything that is missing in one message and exits 1", async () => {
    world = await startWorld({ gpuMs: 100 });
    const { code, stderr } = await runToEnd({ NODE_ENV: "production" });
    expect(code).toBe(1);
    for (const name of [
      "GPU_BACKEND",
      "STORAGE",
      "PAYMENTS",
      "MAIL",
      "PUBLIC_URL",
      "AUTH_SECRET",
    ]) {
      expect(stderr).toContain(`${name} is missing`);
    }
    expect(stderr).not.toMatch(/ at .*\.js:\d+/);
  });

  test("a port that is taken ends it with 1", async () => {
    world = await startWorld({ gpuMs: 100 });
    const first = await start();
    const PORT = new URL(first.url).port;
    const { code, stderr } = await runToEnd({ ...world.environment, PORT });
    expect(code).toBe(1);
    expect(stderr).toContain("EADDRINUSE");
    expect((await fetch(`${first.url}/health/live`)).status).toBe(200);
    await first.end("SIGTERM");
  });
});

/** Sends the first half of a PUT and waits. */
async function halfPut(ticket: UploadTicket, bytes: number) {
  const url = new URL(ticket.url);
  const socket = connect(Number(url.port), "127.0.0.1");
  socket.on("error", () => {});
  const head = `PUT ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: image/png\r\ncontent-length: ${bytes}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(bytes / 2)]));
  return socket;
}
