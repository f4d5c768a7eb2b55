import type { Asset } from "@ob/api";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { expectRefused } from "./support/expect-refused.ts";
import { openStream, readEvents, readJobs } from "./support/read-stream.ts";
import { startStudio, type Studio, STREAMS_PER_OWNER_IN_TESTS } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;
let photo: Asset;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 3_000, environment: { GUEST_CREDITS: "60" } });
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

  test("resumes after the last event it saw: what was seen before does not come again", async () => {
    const one = await createJob();
    await waitForJob(guest, one.id);
    const headers = { authorization: `Bearer ${guest.token}` };
    const [row] = await studio.database.sql`
      select last_seq::int as seq from jobs where id = ${one.id}`;
    const seen = Number(row?.["seq"]);
    const two = await createJob();
    await waitForJob(guest, two.id);
    const leave = new AbortController();
    const resumed = await openStream(
      studio.url,
      {},
      { headers: { ...headers, "last-event-id": String(seen) }, signal: leave.signal },
    );
    // Neither job is open any more: only the number seen last can bring the second one.
    const first = await readJobs(resumed).next();
    leave.abort();
    expect(first.value).toMatchObject({ job: { id: two.id, status: "done" } });
  });

  test("leaves no listener behind when the client goes away", async () => {
    const listen = vi.spyOn(studio.replica.services.doorbell, "listen");
    onTestFinished(() => listen.mockRestore());
    const leaver = await signIn(studio.url);
    const leave = new AbortController();
    const headers = { cookie: leaver.cookie };
    const answer = await openStream(studio.url, {}, { headers, signal: leave.signal });
    const events = readEvents(answer);
    await events.next();
    await expect.poll(() => listen.mock.results).toHaveLength(1);
    const listener = listen.mock.results[0]?.value;
    if (listener === undefined) throw new Error("nobody listened");
    const close = vi.spyOn(listener, "close");
    expect(close).not.toHaveBeenCalled();
    leave.abort();
    await expect(events.next()).rejects.toThrow(/abort/i);
    await expect.poll(() => close.mock.calls).toHaveLength(1);
  });

  test("is one of a limited number of an owner; the next one is told to wait, a closed one makes room", async () => {
    const crowd = await signIn(studio.url);
    const headers = { authorization: `Bearer ${crowd.token}` };
    const open = () => {
      const leave = new AbortController();
      const answer = openStream(studio.url, {}, { headers, signal: leave.signal });
      return answer.then((stream) => ({ stream, leave }));
    };
    const held = await Promise.all(Array.from({ length: STREAMS_PER_OWNER_IN_TESTS }, open));
    expect(held.map(({ stream }) => stream.status)).toEqual(held.map(() => 200));
    const refused = await crowd.query("jobs.onUpdate", {});
    expectRefused(refused, { code: "RATE_LIMITED", status: 429 });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    // The limit is each owner's own.
    const other = await openStream(studio.url, {}, { headers: { cookie: guest.cookie } });
    expect(other.status).toBe(200);
    await other.body?.cancel();

    held[0]?.leave.abort();
    const status = async () => {
      const next = await open();
      next.leave.abort();
      return next.stream.status;
    };
    await expect.poll(status).toBe(200);
    for (const { leave } of held) leave.abort();
  });
});
