import { startComfyuiSimulator, type ComfyuiSimulator } from "@ob/runpod/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

const PASSWORD = "password-that-must-not-leak";

let comfyui: ComfyuiSimulator;
let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  const pair = Buffer.from(`studio:${PASSWORD}`).toString("base64");
  comfyui = await startComfyuiSimulator({
    port: 0,
    gpuMs: 300,
    seed: 1,
    previews: true,
    authorization: `Basic ${pair}`,
  });
  const url = comfyui.url.replace("http://", `http://studio:${PASSWORD}@`);
  studio = await startStudio({ environment: { GPU_BACKEND: "comfyui", COMFYUI_URL: url } });
  guest = await signIn(studio.url);
});
afterAll(async () => {
  await studio?.stop();
  await comfyui?.stop();
});

/** Prompts of ours, in the order they came. */
function ours() {
  return comfyui.truth().filter(({ isForeign }) => !isForeign);
}

test("a photo is edited by a ComfyUI that others use too, though its answer is lost and its socket breaks", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  comfyui.control({ scenario: "foreign", times: 2 });
  comfyui.control({ scenario: "accept-then-502", times: 1 });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  await expect.poll(() => ours().length, { timeout: 30_000 }).toBe(1);
  comfyui.control({ scenario: "drop-sockets", times: 1 });
  const done = await waitForJob(guest, job.id);
  expect(done).toMatchObject({ status: "done", refundedCredits: 0 });
  expect((await fetch(done.result?.url ?? "")).headers.get("content-type")).toBe("image/png");
  expect(ours().map(({ status }) => status)).toEqual(["COMPLETED"]);
  const foreign = comfyui.truth().filter(({ isForeign }) => isForeign);
  expect(foreign.map(({ status }) => status)).toEqual(["COMPLETED", "COMPLETED"]);
  expect(studio.logText()).not.toContain(PASSWORD);
});

test("a restart of ComfyUI costs a try, and never the job", async () => {
  const before = ours().length;
  const photo = await guest.upload(await fixture("rocket.jpg"));
  comfyui.control({ scenario: "hang", times: 1 });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "red" });
  await expect.poll(() => ours()[before]?.status, { timeout: 30_000 }).toBe("IN_PROGRESS");
  comfyui.control({ scenario: "restart", times: 1 });
  expect(await waitForJob(guest, job.id)).toMatchObject({ status: "done", refundedCredits: 0 });
  expect(
    ours()
      .slice(before)
      .map(({ status }) => status),
  ).toEqual(["DELETED", "COMPLETED"]);
});

test("a running edit that its owner cancels stops drawing, and the credits come back", async () => {
  const before = ours().length;
  const photo = await guest.upload(await fixture("rocket.jpg"));
  comfyui.control({ scenario: "hang", times: 1 });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "green" });
  await expect.poll(() => ours()[before]?.status, { timeout: 30_000 }).toBe("IN_PROGRESS");
  await guest.mutate("jobs.cancel", { jobId: job.id });
  const cancelled = await waitForJob(guest, job.id);
  expect(cancelled).toMatchObject({ status: "cancelled" });
  expect(cancelled.refundedCredits).toBe(cancelled.credits);
  expect(ours()[before]).toMatchObject({ status: "CANCELLED", wasInterrupted: true });
});
