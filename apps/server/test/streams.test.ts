import type { Asset } from "@ob/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { openStream, readEvents, readJobs } from "./support/read-stream.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;
let photo: Asset;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 3_000 });
  guest = await signIn(studio.url);
  photo = await guest.upload(await fixture("rocket.jpg"));
});
afterAll(async () => studio?.stop());

const createJob = () => guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });

describe("a stream of one job over HTTP", () => {
  test.each(["cookie", "authorization"] as const)(
    "by %s: snapshot first, terminal last",
    async (by) => {
      const job = await createJob();
      const headers =
        by === "cookie" ? { cookie: guest.cookie } : { authorization: `Bearer ${guest.token}` };
      const answer = await openStream(studio.url, { jobId: job.id }, { headers });
      expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
      expect(answer.headers.get("cache-control")).toMatch(/no-cache/);

      const seen = [];
      for await (const update of readJobs(answer)) seen.push(update);
      const statuses = seen.map((update) => update.job.status);
      expect(statuses.at(-1)).toBe("done");
      expect(statuses).toContain("running");
      expect(seen.every((update) => update.job.id === job.id)).toBe(true);
      const ids = seen.map((update) => update.id);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      const steps = seen.flatMap(({ job: { progress } }) => (progress === null ? [] : [progress]));
      expect(steps.length).toBeGreaterThan(0);
      expect(seen.at(-1)?.job.result?.url).toMatch(/^http:\/\/localhost:\d+\/files\//);
    },
  );

  test("resumes after the last event it saw, without a gap and without the past", async () => {
    const job = await createJob();
    const headers = { authorization: `Bearer ${guest.token}` };
    const leave = new AbortController();
    const first = await openStream(
      studio.url,
      { jobId: job.id },
      { headers, signal: leave.signal },
    );
    let lastId = 0;
    for await (const update of readJobs(first)) {
      lastId = update.id;
      if (update.job.status === "running") break;
    }
    leave.abort();
    await waitForJob(guest, job.id);
    const resumed = await openStream(
      studio.url,
      { jobId: job.id },
      { headers: { ...headers, "last-event-id": String(lastId) } },
    );
    const seen = [];
    for await (const update of readJobs(resumed)) seen.push(update);
    expect(seen.at(-1)?.job.status).toBe("done");
    expect(seen.every((update) => update.id > lastId)).toBe(true);
  });

  test("of a job that has ended gives its last state and ends", async () => {
    const job = await createJob();
    await waitForJob(guest, job.id);
    const headers = { cookie: guest.cookie };
    const seen = [];
    for await (const update of readJobs(
      await openStream(studio.url, { jobId: job.id }, { headers }),
    )) {
      seen.push(update.job.status);
    }
    expect(seen).toEqual(["done"]);
  });
});

describe("a stream of everything", () => {
  test("starts with the jobs that live and goes on with new ones, and pings when nothing happens", async () => {
    const leave = new AbortController();
    const headers = { cookie: guest.cookie };
    const answer = await openStream(studio.url, {}, { headers, signal: leave.signal });
    const job = await createJob();
    const statuses: string[] = [];
    let pinged = false;
    for await (const event of readEvents(answer)) {
      if (event.event === "ping") pinged = true;
      if (event.event === "message" && event.data.includes(job.id)) {
        statuses.push(parsed<{ status: string }>(event.data).status);
      }
      if (pinged && statuses.at(-1) === "done") break;
    }
    leave.abort();
    expect(statuses.at(-1)).toBe("done");
    expect(pinged).toBe(true);
  });

  test("leaves no listener behind when the client goes away", async () => {
    const leave = new AbortController();
    const headers = { cookie: guest.cookie };
    const answer = await openStream(studio.url, {}, { headers, signal: leave.signal });
    const events = readEvents(answer);
    await events.next();
    leave.abort();
    await expect(events.next()).rejects.toThrow(/abort/i);
    // The request line is written when a stream ends; its owner stands in it.
    await expect.poll(() => studio.logText()).toMatch(/"event":"request"/);
  });
});
