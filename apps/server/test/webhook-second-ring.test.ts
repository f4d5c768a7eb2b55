import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { expectInvariants } from "./support/expect-invariants.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 300 });
  guest = await signIn(studio.url);
});
afterAll(async () => studio?.stop());

async function runsOf(jobId: string): Promise<unknown[]> {
  const rows = await studio.database.sql`select state from attempts where job_id = ${jobId}`;
  return rows.map((row): unknown => row["state"]);
}

test("a submit whose answer was lost is found again by the second ring, drawn once and paid once", async () => {
  const control = await fetch(`${studio.simulator.url}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario: "accept-then-drop", times: 1 }),
  });
  expect(control.ok).toBe(true);
  const photo = await guest.upload(await fixture("rocket.jpg"));
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  expect((await waitForJob(guest, job.id)).status).toBe("done");
  expect(studio.logText()).toContain('"event":"attempt.bound-by-webhook"');
  expect(await runsOf(job.id)).toEqual(["finished"]);
  expect(await guest.balance()).toEqual({ available: 17, held: 0 });
  await expectInvariants(studio.database.sql);
});
