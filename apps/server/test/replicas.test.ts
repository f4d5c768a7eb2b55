import { randomUUID } from "node:crypto";
import type { Job } from "@ob/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drainReplica } from "../src/boot/drain-replica.ts";
import { type Replica, startReplica } from "../src/boot/start-replica.ts";
import { readEnv } from "../src/env.ts";
import { createLog } from "../src/log.ts";
import { fixture, type Guest, guestOf, signIn } from "./support/caller.ts";
import { openStream, readJobs } from "./support/read-stream.ts";
import { startStudio, type Studio, TEST_AUTH_SECRET } from "./support/start-studio.ts";
import { trusted } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let second: Replica;
let secondUrl: string;
let guest: Guest;
let elsewhere: Guest;
const lines: string[] = [];

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 300 });
  // The same environment, as a second process would have it: one database, one folder, one secret.
  const log = createLog({
    level: "info",
    secrets: [],
    destination: { write: (line) => void lines.push(line) },
  });
  const env = readEnv(studio.environment);
  second = await startReplica({ env, authSecret: TEST_AUTH_SECRET, log });
  secondUrl = `http://localhost:${second.port}`;
  guest = await signIn(studio.url);
  elsewhere = guestOf(secondUrl, guest.token, guest.cookie);
});
afterAll(async () => {
  if (second !== undefined) await drainReplica(second);
  await studio?.stop();
});

test("a session, an upload and a file of one replica are good on the other", async () => {
  expect(await elsewhere.balance()).toEqual(await guest.balance());
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const moved = photo.previewUrl.replace(studio.url, secondUrl);
  expect((await fetch(moved)).status).toBe(200);
});

test("an event made through one arrives at a subscriber of the other", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const leave = new AbortController();
  const headers = { authorization: `Bearer ${guest.token}` };
  const stream = await openStream(secondUrl, {}, { headers, signal: leave.signal });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  const statuses: string[] = [];
  for await (const update of readJobs(stream)) {
    if (update.job.id !== job.id) continue;
    statuses.push(update.job.status);
    if (update.job.status === "done") break;
  }
  leave.abort();
  expect(statuses.at(-1)).toBe("done");
});

test("every job is driven once, whichever replica took it, and one request made on both is one job", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const requestId = randomUUID();
  const request = {
    requestId,
    service: "qwen-image-edit",
    input: { imageAssetId: photo.assetId, prompt: "red" },
  };
  const [one, two] = await Promise.all([
    guest.mutate<Job>("jobs.create", request),
    elsewhere.mutate<Job>("jobs.create", request),
  ]);
  expect([one.status, two.status]).toEqual([200, 200]);
  expect(two.data.id).toBe(one.data.id);
  const more = await Promise.all([
    guest.createJob({ imageAssetId: photo.assetId, prompt: "a" }),
    elsewhere.createJob({ imageAssetId: photo.assetId, prompt: "b" }),
    guest.createJob({ imageAssetId: photo.assetId, prompt: "c" }),
  ]);
  const ids = [one.data.id, ...more.map((job) => job.id)];
  for (const id of ids) expect((await waitForJob(elsewhere, id)).status).toBe("done");

  const attempts = await studio.database.sql`
    select job_id, count(*)::int as n from attempts where job_id = any(${ids}) group by job_id`;
  expect(attempts.map((row) => Number(row["n"]))).toEqual(ids.map(() => 1));
  const runs: unknown = await (await fetch(`${studio.simulator.url}/control/jobs`)).json();
  const prefixes = await studio.database.sql`select file_prefix from attempts`;
  const known = prefixes.map((row) => String(row["file_prefix"]));
  const submitted = trusted<{ filePrefix: string }[]>(runs).map((run) => run.filePrefix);
  expect(submitted.toSorted()).toEqual(known.toSorted());
});
