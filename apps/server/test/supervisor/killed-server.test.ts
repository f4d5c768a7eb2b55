import type { Asset, Job } from "@ob/api";
import { expect, test, vi } from "vitest";
import { readRunFile } from "../../src/supervisor/run-files.ts";
import { fixture, type Guest, ok, signIn } from "../support/caller.ts";
import { openStream, readJobs } from "../support/read-stream.ts";
import { SHORT_LEASE } from "../support/short-lease.ts";
import { dataFolder, partsOf, PATIENCE, REAL_PARTS, startStudio } from "./start-supervised.ts";

/** What a live stream tells until it ends by itself. @throws {Error} when it is cut */
async function follow(guest: Guest, url: string, jobId: string): Promise<Job[]> {
  const stream = await openStream(url, { jobId }, { headers: { cookie: guest.cookie } });
  expect(stream.status).toBe(200);
  const seen: Job[] = [];
  for await (const { job } of readJobs(stream)) seen.push(job);
  return seen;
}

test("a server that is killed in the middle of a job is back on its port, and the job is followed there to its picture", async () => {
  const dataDir = await dataFolder();
  const studio = startStudio(dataDir, {
    ...REAL_PARTS,
    SIMULATOR_GPU_MS: "3000",
    GPU_FIGURES: SHORT_LEASE,
  });
  await studio.ready();
  const { server } = await partsOf(dataDir);
  const guest = await signIn(server.url);
  const photo: Asset = await guest.upload(await fixture("rocket.jpg"));
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  const watched = follow(guest, server.url, job.id).then(
    (seen) => seen.at(-1)?.status,
    () => "cut",
  );
  const statusOf = async () => ok(await guest.query<Job>("jobs.get", { jobId: job.id })).status;
  await expect.poll(statusOf, PATIENCE).toBe("running");
  process.kill(server.pid, "SIGKILL");
  expect(await watched).toBe("cut");

  const back = await vi.waitFor(async () => {
    const file = await readRunFile(dataDir, "server");
    expect(file?.pid).not.toBe(server.pid);
    return file;
  }, PATIENCE);
  expect(back).toMatchObject({ port: server.port, url: server.url });
  const seen = await follow(guest, server.url, job.id);
  expect(seen.at(-1)).toMatchObject({ id: job.id, status: "done", error: null });
  expect((await fetch(seen.at(-1)?.result?.url ?? "")).status).toBe(200);
  expect(await guest.balance()).toEqual({ available: 17, held: 0 });
});
