import { type Asset, type Job, runSweeps, type UploadTicket } from "@ob/api";
import { type ObjectStoreSimulator, startObjectStoreSimulator } from "@ob/runpod/simulator";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, ok, signIn } from "./support/caller.ts";
import { runOperatorCommand } from "./support/run-operator-command.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

const KEYS = { accessKeyId: "AKIDSTUDIO", secretAccessKey: "secret-of-the-bucket-0123456789" };
const PLACE = { region: "auto", bucket: "pictures" };

let bucket: ObjectStoreSimulator;
let studio: Studio;
let guest: Guest;
let photo: Asset;
let done: Job;

beforeAll(async () => {
  bucket = await startObjectStoreSimulator({ ...KEYS, ...PLACE, dialect: "s3" });
  studio = await startStudio({
    environment: {
      STORAGE: "s3",
      S3_ENDPOINT: bucket.url,
      S3_REGION: PLACE.region,
      S3_BUCKET: PLACE.bucket,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
  });
  guest = await signIn(studio.url);
  photo = await guest.upload(await fixture("rocket.jpg"));
});
afterAll(async () => {
  await studio?.stop();
  await bucket?.stop();
});

const originOf = (url: string | undefined) => new URL(url ?? "").origin;
/** Of what is anybody's: a sweep writes down beside it whose the bucket is. */
const kindsIn = () =>
  [...bucket.objects.keys()]
    .map((key) => key.split("/")[0] ?? "")
    .filter((kind) => kind !== "studio")
    .toSorted();

test("a photo goes straight into the bucket and its preview comes straight out of it", async () => {
  const ticket = ok(
    await guest.mutate<UploadTicket>("uploads.create", {
      kind: "image",
      contentType: "image/jpeg",
      bytes: 4,
    }),
  );
  expect(originOf(ticket.url)).toBe(bucket.url);
  const early = await guest.mutate("uploads.finish", { uploadId: ticket.uploadId });
  expect(early.error?.app.code).toBe("UPLOAD_NOT_FOUND");
  const tooLong = await fetch(ticket.url, {
    method: "PUT",
    headers: ticket.headers,
    body: "abcde",
  });
  expect(tooLong.status).toBe(403);

  expect(originOf(photo.previewUrl)).toBe(bucket.url);
  const preview = await fetch(photo.previewUrl);
  expect(preview.headers.get("content-type")).toBe("image/webp");
  expect((await sharp(await preview.arrayBuffer()).metadata()).format).toBe("webp");
  // What was sent is gone once it is a picture of ours.
  expect(kindsIn()).toEqual(["assets", "previews"]);
});

test("a result survives a bucket that is away for a while, and is charged once", async () => {
  bucket.misbehave({ fault: "slow-down", times: 6, method: "PUT" });
  bucket.misbehave({ fault: "done-then-drop", times: 1, method: "PUT" });
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  done = await waitForJob(guest, job.id);
  expect(done).toMatchObject({ status: "done", refundedCredits: 0 });
  expect(await guest.balance()).toEqual({ available: 17, held: 0 });
  expect(kindsIn()).toEqual(["assets", "previews", "results", "results"]);
});

test("the result is seen and downloaded from the bucket, other formats are converted by us", async () => {
  const { url, downloadUrl, bytes } = done.result ?? { url: "", downloadUrl: "", bytes: 0 };
  expect([originOf(url), originOf(downloadUrl)]).toEqual([bucket.url, studio.url]);
  const seen = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(seen.byteLength).toBe(bytes);

  const way = await fetch(downloadUrl, { redirect: "manual" });
  expect([way.status, originOf(way.headers.get("location") ?? "")]).toEqual([302, bucket.url]);
  expect(way.headers.get("cache-control")).toBe("private, max-age=600");
  const saved = await fetch(downloadUrl);
  expect(saved.headers.get("content-disposition")).toMatch(
    /^attachment; filename="ob-ai-studio-[0-9a-f]{8}\.png"$/,
  );
  expect(Buffer.from(await saved.arrayBuffer())).toEqual(seen);
  const facts = await fetch(downloadUrl, { method: "HEAD" });
  expect(facts.headers.get("content-length")).toBe(String(bytes));

  for (const format of ["jpeg", "webp"] as const) {
    const converted = await fetch(`${downloadUrl}?format=${format}`);
    expect(converted.url).toContain(studio.url);
    expect((await sharp(await converted.arrayBuffer()).metadata()).format).toBe(format);
  }
  const forged = downloadUrl.replace(/\.a\.[\w-]+/, ".a.forged");
  expect((await fetch(forged, { redirect: "manual" })).status).toBe(403);
});

test("the invariants are checked against what the bucket holds, byte for byte", async () => {
  const check = () => runOperatorCommand("check-invariants", [], studio.environment);
  expect(await check()).toMatchObject({ code: 0 });
  const key = [...bucket.objects.keys()].find(
    (each) => each.startsWith("results/") && each.endsWith(".png"),
  );
  if (key === undefined) throw new Error("there is no result in the bucket");
  const original = bucket.objects.get(key)?.bytes ?? Buffer.alloc(0);
  bucket.write(key, Buffer.from("turned"));
  expect((await check()).code).toBe(1);
  bucket.write(key, original);
});

test("deleting the job empties the bucket of it, and no secret of the bucket was told", async () => {
  expect((await guest.mutate("jobs.delete", { jobId: done.id })).status).toBe(200);
  await runSweeps(studio.replica.services);
  expect(kindsIn()).toEqual([]);
  expect(studio.logText()).not.toContain(KEYS.secretAccessKey);
  expect(studio.logText()).not.toContain("X-Amz-Signature");
});
