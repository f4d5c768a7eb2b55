import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;
let imageAssetId: string;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 200, environment: { GUEST_CREDITS: "100" } });
  guest = await signIn(studio.url);
  imageAssetId = (await guest.upload(await fixture("rocket.jpg"))).assetId;
});
afterAll(() => studio?.stop());

async function edit(scenario: string) {
  const control = await fetch(`${studio.simulator.url}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario }),
  });
  expect(control.status).toBe(200);
  const job = await guest.createJob({ imageAssetId, prompt: "make it blue" });
  return waitForJob(guest, job.id);
}

test("a job whose submit was never answered is found by its webhook, and run once", async () => {
  const before = studio.logText().length;
  expect(await edit("accept-then-drop")).toMatchObject({ status: "done" });
  const since = studio.logText().slice(before);
  expect(since).toContain("attempt.unanswered");
  expect(since).toContain("attempt.bound-by-webhook");
});

test.each(["lose-webhook", "duplicate-webhook", "rate-limit", "fail", "oom"])(
  "%s costs nobody a picture or a credit",
  async (scenario) => {
    const { available } = await guest.balance();
    expect(await edit(scenario)).toMatchObject({ status: "done" });
    expect(await guest.balance()).toEqual({ available: available - 3, held: 0 });
  },
);

test("a completed run without a picture gives the credits back", async () => {
  const before = await guest.balance();
  expect(await edit("no-output")).toMatchObject({
    status: "failed",
    error: { code: "RESULT_LOST" },
    refundedCredits: 3,
  });
  expect(await guest.balance()).toEqual(before);
});
