import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { type ObjectStoreSimulator, startObjectStoreSimulator } from "@ob/runpod/simulator";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileGrants } from "./file-grants.ts";
import { BYTES, describeObjectStore, KEY, RAW, SHA256 } from "./object-store-contract.ts";
import { createS3Presigner } from "./presign-s3.ts";
import type { ServedStore } from "./served-store.ts";
import { openS3Store } from "./storage-s3.ts";

const PLACE = {
  region: "auto",
  bucket: "pictures",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "a-secret/with+signs=",
};
const ORIGIN = "https://studio.test";

async function openWorld(now: () => Date = () => new Date()) {
  const bucket = await startObjectStoreSimulator({
    ...PLACE,
    dialect: "s3",
    now: () => now().getTime(),
    corsOrigins: [ORIGIN],
  });
  const grants = createFileGrants("secret");
  const store = await openS3Store({ ...PLACE, endpoint: bucket.url, grants, now });
  return { bucket, store };
}

describeObjectStore("an S3 bucket", async () => {
  const { bucket, store } = await openWorld();
  return {
    store,
    async putAsBrowser({ url, headers, body }) {
      return (await fetch(url, { method: "PUT", headers, body: new Uint8Array(body) })).ok;
    },
    [Symbol.asyncDispose]: () => bucket.stop(),
  };
});

describe("on an S3 bucket", () => {
  let bucket: ObjectStoreSimulator;
  let store: ServedStore;
  let nowMs: number;

  beforeEach(async () => {
    nowMs = Date.now();
    ({ bucket, store } = await openWorld(() => new Date(nowMs)));
  });
  afterEach(() => bucket.stop());

  const ticket = () =>
    store.presignPut({
      key: RAW,
      uploadId: "unused",
      contentType: "image/png",
      bytes: 4,
      expiresAt: new Date(nowMs + 600_000),
      origin: ORIGIN,
    });
  const send = async (over: { headers?: Record<string, string>; url?: string } = {}) => {
    const { url, headers } = await ticket();
    const answer = await fetch(over.url ?? url, {
      method: "PUT",
      headers: { ...headers, ...over.headers },
      body: "abcd",
    });
    return { status: answer.status, text: await answer.text() };
  };

  test("a ticket answers 200 with an empty body, and 412 once it was used", async () => {
    expect(await send()).toEqual({ status: 200, text: "" });
    expect((await send()).status).toBe(412);
  });

  test("a ticket is for its type, its length and its key, and ends when it says", async () => {
    expect((await send({ headers: { "content-type": "text/html" } })).status).toBe(403);
    const { url } = await ticket();
    expect((await send({ url: url.replace(RAW, `${RAW.slice(0, -1)}0`) })).status).toBe(403);
    expect((await send({ headers: { "x-amz-acl": "public-read" } })).status).toBe(403);
    nowMs += 601_000;
    expect((await send({ url })).text).toMatch(/Request has expired/);
    expect(bucket.objects.size).toBe(0);
  });

  test("a page of ours may preflight the PUT; another's may not", async () => {
    const { url, headers } = await ticket();
    const ask = (origin: string) =>
      fetch(url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "PUT",
          "access-control-request-headers": Object.keys(headers).join(","),
        },
      });
    expect((await ask(ORIGIN)).headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect((await ask("https://evil.test")).status).toBe(403);
  });

  test("a picture is had by its URL as the type it was put with, kept by the browser, for an hour", async () => {
    await store.put(KEY, BYTES, "image/png");
    const now = new Date(nowMs);
    const url = store.signedUrl({ key: KEY, disposition: "inline", now, origin: ORIGIN });
    nowMs += 59 * 60_000;
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    nowMs += 12 * 60_000;
    expect((await fetch(url)).status).toBe(403);
  });

  test("a download comes past us under its own name", async () => {
    await store.put(KEY, BYTES, "image/png");
    if (store.access.kind !== "direct") throw new Error("not direct");
    const now = new Date(nowMs);
    const answer = await fetch(store.access.url({ key: KEY, disposition: "attachment", now }));
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="ob-ai-studio-${SHA256.slice(0, 8)}.png"`,
    );
  });

  test.each(["slow-down", "internal-error", "bad-gateway", "drop", "done-then-drop"] as const)(
    "%s is outlasted, and what was put stands once",
    async (fault) => {
      bucket.misbehave({ fault, times: 2, method: "PUT" });
      await store.put(KEY, BYTES, "image/png");
      bucket.misbehave({ fault, times: 2, method: "HEAD" });
      expect(await store.head(KEY)).toEqual({ bytes: BYTES.length, sha256: SHA256 });
      bucket.misbehave({ fault, times: 2, method: "GET" });
      expect(Buffer.from((await store.get(KEY)) ?? [])).toEqual(BYTES);
    },
  );

  test("an answer that breaks off in the middle is read again, a few times", async () => {
    await store.put(KEY, BYTES, "image/png");
    bucket.misbehave({ fault: "cut-body", times: 3, method: "GET" });
    expect(Buffer.from((await store.get(KEY)) ?? [])).toEqual(BYTES);
    bucket.misbehave({ fault: "cut-body", times: 4, method: "GET" });
    await expect(store.get(KEY)).rejects.toThrow(/aborted/);
  });

  test("a wrong ETag changes nothing; keys that are refused are told without being shown", async () => {
    bucket.misbehave({ fault: "wrong-etag" });
    await store.put(KEY, BYTES, "image/png");
    expect(await store.head(KEY)).toEqual({ bytes: BYTES.length, sha256: SHA256 });
    bucket.rotateKeys({ ...PLACE, secretAccessKey: "another" });
    const calls = [store.get(KEY), store.size(KEY), store.delete(KEY), store.probe()];
    const thrown = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    expect(thrown.every((each) => each instanceof Error)).toBe(true);
    const told = thrown.map((each) => `${String(each)} ${JSON.stringify(each)}`).join();
    expect(told).not.toContain(PLACE.secretAccessKey);
  });

  test("a bucket that is not there is an error, never an object that is not there", async () => {
    const grants = createFileGrants("secret");
    const place = { ...PLACE, endpoint: bucket.url, bucket: "elsewhere" };
    const lost = await openS3Store({ ...place, grants, now: () => new Date(nowMs) });
    await expect(lost.get(KEY)).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(lost.list({ prefix: "raw/00", after: "", limit: 9 })).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
    await expect(lost.size(KEY)).rejects.toMatchObject({ name: "NotFound" });
    await expect(lost.head(KEY)).rejects.toMatchObject({ name: "NotFound" });
    await expect(lost.probe()).rejects.toMatchObject({ name: "NotFound" });
  });

  test("what lies in the bucket and is not ours is never listed", async () => {
    bucket.write("raw/00-somebody-elses.txt", Buffer.from("x"));
    await store.put(`raw/${"0".repeat(32)}`, BYTES, "image/png");
    const listed = await store.list({ prefix: "raw/00", after: "", limit: 1 });
    expect(listed.map(({ key }) => key)).toEqual([`raw/${"0".repeat(32)}`]);
  });

  test("readiness asks the bucket once in five seconds, however often it is asked", async () => {
    await Promise.all(Array.from({ length: 20 }, () => store.probe()));
    expect(bucket.requests.get("HEAD")).toBe(1);
    nowMs += 5_000;
    await store.probe();
    expect(bucket.requests.get("HEAD")).toBe(2);
  });
});

test("our signatures are those of AWS's own signer, whatever is signed", async () => {
  const endpoint = "https://account.r2.cloudflarestorage.com";
  const client = new S3Client({
    endpoint,
    region: PLACE.region,
    credentials: PLACE,
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const presign = createS3Presigner({ ...PLACE, endpoint });
  const place = { Bucket: PLACE.bucket };
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  const key = text.filter((each) => !/^\/|\/\/|^\.|\/\./.test(each) && !each.includes("\0"));
  const moment = fc.date({
    min: new Date("2020-01-01"),
    max: new Date("2040-01-01"),
    noInvalidDate: true,
  });
  const signatureOf = (url: string) => new URL(url).searchParams.get("X-Amz-Signature");
  await fc.assert(
    fc.asyncProperty(key, text, moment, async (Key, name, signingDate) => {
      const when = { signingDate, expiresIn: 4_200 };
      const get = new GetObjectCommand({ ...place, Key, ResponseContentDisposition: name });
      // The SDK adds its own name for the operation to what is signed.
      const query = { "response-content-disposition": name, "x-id": "GetObject" };
      const times = { signedAt: signingDate, expiresInSeconds: 4_200 };
      expect(signatureOf(presign({ method: "GET", key: Key, query, ...times }))).toBe(
        signatureOf(await getSignedUrl(client, get, when)),
      );
      const put = new PutObjectCommand({
        ...place,
        Key,
        ContentType: "image/png",
        IfNoneMatch: "*",
      });
      const theirs = await getSignedUrl(client, put, {
        ...when,
        signableHeaders: new Set(["content-type", "if-none-match"]),
        unhoistableHeaders: new Set(["if-none-match"]),
      });
      const headers = { "content-type": "image/png", "if-none-match": "*" };
      const ours = presign({
        method: "PUT",
        key: Key,
        headers,
        query: { "x-id": "PutObject" },
        ...times,
      });
      expect(signatureOf(ours)).toBe(signatureOf(theirs));
    }),
    { numRuns: 100 },
  );
});
