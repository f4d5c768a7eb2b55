import { startVolumeSimulator, type VolumeSimulator } from "@ob/runpod/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

const KEYS = { accessKeyId: "user_of_the_volume", secretAccessKey: "rps_secret_0123456789abcdef" };

let runpod: VolumeSimulator;
let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  const volume = { ...KEYS, region: "EUR-IS-1", bucket: "vol1" };
  runpod = await startVolumeSimulator({
    port: 0,
    gpuMs: 50,
    queueMs: 10,
    workers: 2,
    seed: 1,
    volume,
  });
  studio = await startStudio({
    environment: {
      GPU_BACKEND: "runpod",
      RUNPOD_HANDLER: "volume-files",
      RUNPOD_BASE_URL: `${runpod.url}/v2`,
      RUNPOD_ENDPOINT_ID: "ep1",
      RUNPOD_VOLUME_ID: volume.bucket,
      RUNPOD_VOLUME_REGION: volume.region,
      RUNPOD_VOLUME_ENDPOINT_URL: runpod.volume.url,
      RUNPOD_VOLUME_ACCESS_KEY_ID: KEYS.accessKeyId,
      RUNPOD_VOLUME_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
  });
  guest = await signIn(studio.url);
});
afterAll(async () => {
  await studio?.stop();
  await runpod?.stop();
});

test("a photo is edited over a volume that is away now and then, and nothing of it stays there", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  runpod.volume.write("models/unet/x.safetensors", Buffer.from("model"));
  runpod.volume.misbehave({ fault: "bad-gateway", times: 2, method: "PUT" });
  runpod.volume.misbehave({ fault: "hidden", times: 2, method: "GET" });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  const done = await waitForJob(guest, job.id);
  expect(done).toMatchObject({ status: "done", refundedCredits: 0 });
  expect((await fetch(done.result?.url ?? "")).headers.get("content-type")).toBe("image/png");
  await expect
    .poll(() => [...runpod.volume.objects.keys()], { timeout: 30_000 })
    .toEqual(["models/unet/x.safetensors"]);
  expect(studio.logText()).not.toContain(KEYS.secretAccessKey);
});

test("while pictures cannot be brought a job waits without an attempt, and is done once they can", async () => {
  const photo = await guest.upload(await fixture("rocket.jpg"));
  runpod.volume.misbehave({ fault: "internal-error", times: 9, method: "PUT" });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "red" });
  expect(await waitForJob(guest, job.id)).toMatchObject({ status: "done" });
  expect(studio.logText()).toContain("attempt.pictures-not-brought");
  const rows = await studio.replica.services.sql`select n from attempts where job_id = ${job.id}`;
  expect(rows).toHaveLength(1);
});
