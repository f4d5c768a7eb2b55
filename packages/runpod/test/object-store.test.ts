import { createHash } from "node:crypto";

import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type ObjectStoreSimulator, startObjectStoreSimulator } from "../src/simulator/index.ts";

const KEYS = { accessKeyId: "user_simulated", secretAccessKey: "rps_secret" };
const PLACE = { region: "eu-ro-1", bucket: "volume-1" };

let s3: ObjectStoreSimulator;
let volume: ObjectStoreSimulator;

beforeAll(async () => {
  s3 = await startObjectStoreSimulator({ ...KEYS, ...PLACE, dialect: "s3" });
  volume = await startObjectStoreSimulator({ ...KEYS, ...PLACE, dialect: "runpod-volume" });
});
afterAll(() => Promise.all([s3.stop(), volume.stop()]));

/** AWS's own client, so that no mistake of ours is made twice. */
function sdk(store: ObjectStoreSimulator, over: { accessKeyId?: string; region?: string } = {}) {
  return new S3Client({
    endpoint: store.url,
    region: over.region ?? PLACE.region,
    credentials: { ...KEYS, ...over },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

const Bucket = PLACE.bucket;
const nameOf = (error: unknown) => (error instanceof Error ? error.name : null);

describe("AWS's own client", () => {
  test("puts, heads, gets, lists and deletes, whatever stands in the key", async () => {
    const client = sdk(s3);
    const keys = ["ob/in/a b+c#1'(2)*!.png", "ob/in/ไทย.png", "ob/out/x.png"];
    for (const Key of keys) {
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Key), Metadata: { who: "me" } }),
      );
    }
    const got = await client.send(new GetObjectCommand({ Bucket, Key: keys[0] }));
    expect(await got.Body?.transformToString()).toBe(keys[0]);
    expect(got.Metadata).toEqual({ who: "me" });
    const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "ob/in/" }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(keys.slice(0, 2));
    const first = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2 }));
    const ContinuationToken = first.NextContinuationToken;
    const rest = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    expect([first.IsTruncated, rest.Contents?.map(({ Key }) => Key)]).toEqual([true, [keys[2]]]);
    for (const Key of keys) await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(s3.objects.size).toBe(0);
    await client.send(new HeadBucketCommand({ Bucket }));
  });

  test("is refused with another key, region or bucket, and learns which", async () => {
    const head = new HeadBucketCommand({ Bucket });
    await expect(sdk(s3, { accessKeyId: "nobody" }).send(head)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    const put = new PutObjectCommand({ Bucket, Key: "k", Body: "x" });
    const wrongRegion = sdk(s3, { region: "us-east-1" }).send(put);
    await expect(wrongRegion).rejects.toMatchObject({ name: "AuthorizationHeaderMalformed" });
    const elsewhere = new PutObjectCommand({ Bucket: "other", Key: "k", Body: "x" });
    await expect(sdk(s3).send(elsewhere)).rejects.toMatchObject({ name: "NoSuchBucket" });
    s3.rotateKeys({ ...KEYS, secretAccessKey: "another" });
    const error: unknown = await sdk(s3)
      .send(put)
      .catch((thrown: unknown) => thrown);
    expect(nameOf(error)).toBe("SignatureDoesNotMatch");
    s3.rotateKeys(KEYS);
    expect(s3.objects.size).toBe(0);
  });

  test("writes once under If-None-Match, on S3 alone", async () => {
    const put = (Body: string) =>
      new PutObjectCommand({ Bucket, Key: "once", Body, IfNoneMatch: "*" });
    await sdk(s3).send(put("first"));
    await expect(sdk(s3).send(put("second"))).rejects.toMatchObject({ name: "PreconditionFailed" });
    expect(s3.objects.get("once")?.bytes.toString()).toBe("first");
    await expect(sdk(volume).send(put("first"))).rejects.toMatchObject({ name: "NotImplemented" });
    s3.remove("once");
  });

  test("has its SHA-256 checked on the way in, and given back when asked", async () => {
    const Body = Buffer.from("a picture");
    const ChecksumSHA256 = createHash("sha256").update(Body).digest("base64");
    await sdk(s3).send(new PutObjectCommand({ Bucket, Key: "sum", Body, ChecksumSHA256 }));
    const head = new HeadObjectCommand({ Bucket, Key: "sum", ChecksumMode: "ENABLED" });
    expect((await sdk(s3).send(head)).ChecksumSHA256).toBe(ChecksumSHA256);
    const wrong = new PutObjectCommand({ Bucket, Key: "bad", Body: "other", ChecksumSHA256 });
    await expect(sdk(s3).send(wrong)).rejects.toMatchObject({ name: "BadDigest" });
    expect(s3.objects.has("bad")).toBe(false);
    s3.remove("sum");
  });
});

describe("told to misbehave, the object store", () => {
  const Key = "ob/in/x.png";
  const put = new PutObjectCommand({ Bucket, Key, Body: "bytes" });
  const get = new GetObjectCommand({ Bucket, Key });

  test.each([
    ["slow-down", 503],
    ["internal-error", 500],
    ["bad-gateway", 502],
    ["forbidden", 403],
  ] as const)("answers %s with %d, does nothing, and then behaves", async (fault, status) => {
    s3.misbehave({ fault, method: "PUT" });
    const refused = { $metadata: { httpStatusCode: status } };
    await expect(sdk(s3).send(put)).rejects.toMatchObject(refused);
    expect(s3.objects.has(Key)).toBe(false);
    await sdk(s3).send(put);
    expect(s3.objects.has(Key)).toBe(true);
    s3.remove(Key);
  });

  test("cuts connections before and after the deed, and in the middle of a body", async () => {
    s3.misbehave({ fault: "drop" });
    await expect(sdk(s3).send(put)).rejects.toThrow(/hang up|ECONNRESET/);
    expect(s3.objects.has(Key)).toBe(false);
    s3.misbehave({ fault: "done-then-drop" });
    await expect(sdk(s3).send(put)).rejects.toThrow(/hang up|ECONNRESET/);
    expect(s3.objects.has(Key)).toBe(true);
    s3.misbehave({ fault: "cut-body" });
    const cut = await sdk(s3).send(get);
    await expect(cut.Body?.transformToString()).rejects.toThrow(/aborted/);
    s3.remove(Key);
  });

  test("turns a bit, gives a wrong ETag, and hides what is new", async () => {
    s3.misbehave({ fault: "corrupt" });
    await sdk(s3).send(put);
    expect(s3.objects.get(Key)?.bytes.toString()).not.toBe("bytes");
    s3.misbehave({ fault: "wrong-etag" });
    expect((await sdk(s3).send(put)).ETag).toMatch(/^"0+"$/);
    s3.hideNewObjects(2);
    await sdk(s3).send(put);
    for (let read = 0; read < 2; read += 1) {
      await expect(sdk(s3).send(get)).rejects.toMatchObject({ name: "NoSuchKey" });
    }
    expect(await (await sdk(s3).send(get)).Body?.transformToString()).toBe("bytes");
    s3.hideNewObjects(0);
    s3.remove(Key);
  });
});
