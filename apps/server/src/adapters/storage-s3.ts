import { createHash } from "node:crypto";
import { addAbortSignal, Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ListedObject } from "@ob/api";
import type { FileGrants } from "./file-grants.ts";
import { type ObjectName, parseObjectKey, requireObjectKey } from "./object-path.ts";
import { createS3Presigner, type S3Place } from "./presign-s3.ts";
import { roundedExpiry } from "./rounded-expiry.ts";
import {
  createBucketProbe,
  createS3Client,
  nullIfAbsent,
  S3_BUDGET,
  s3Budget,
  s3Status,
} from "./s3-client.ts";
import { downloadName, type ServedStore } from "./served-store.ts";

export interface S3StoreOptions extends S3Place {
  readonly grants: FileGrants;
  readonly now: () => Date;
}

/** What is under a key never changes; the URL it is had by ends within the hour. */
const CACHE_CONTROL = "private, max-age=31536000, immutable";
/** Where `put` writes the SHA-256 down (`x-amz-meta-sha256`). */
const SHA256_META = "sha256";
/** Readiness asks often. */
const PROBE_KEPT_MS = 5_000;
/** Signed from up to ten minutes ago for an hour from now: no clock a little behind refuses it. */
const URL_SECONDS = 70 * 60;

/**
 * Opens the object store on an S3 bucket: browsers PUT into it and GET from it by presigned URL.
 *
 * What is proved of a stored object: every PUT of ours is signed over the SHA-256 of its body
 * (`x-amz-content-sha256`), so a store that answered 200 received exactly these bytes; it is one PUT,
 * whole or not at all; `If-None-Match: *` lets nothing be replaced. `head` therefore takes size and
 * hash from the metadata of that same PUT. What a store loses or turns afterwards only reading shows:
 * `check:invariants` reads and hashes every result.
 */
export async function openS3Store(given: S3StoreOptions): Promise<ServedStore> {
  const { origin: endpoint, pathname } = new URL(given.endpoint);
  if (pathname !== "/") throw new Error("the S3 endpoint must be an origin, without a path");
  const options = { ...given, endpoint };
  return createS3Store(createS3Client(options), options);
}

function createS3Store(client: S3Client, options: S3StoreOptions): ServedStore {
  const { grants, now } = options;
  const presign = createS3Presigner(options);
  const probe = createBucketProbe(client, { bucket: options.bucket, keptMs: PROBE_KEPT_MS, now });
  const calls = bucketCalls(client, { Bucket: options.bucket, probe });
  const directUrl = (request: {
    key: string;
    disposition: "inline" | "attachment";
    now: Date;
  }): string => {
    const name = requireObjectKey(request.key);
    return presign({
      method: "GET",
      key: request.key,
      query: responseHeaders(name, request.disposition),
      signedAt: new Date(roundedExpiry(request.now).getTime() - URL_SECONDS * 1_000),
      expiresInSeconds: URL_SECONDS,
    });
  };
  return {
    ...calls,
    probe,
    access: { kind: "direct", origin: options.endpoint, url: directUrl },
    async presignPut({ key, contentType, bytes, expiresAt }) {
      requireObjectKey(key);
      const signedAt = now();
      // The browser tells the length by itself and lets nobody else do so; it is signed all the same.
      const headers = { "content-type": contentType, "if-none-match": "*" };
      const url = presign({
        method: "PUT",
        key,
        headers: { ...headers, "content-length": String(bytes) },
        signedAt,
        expiresInSeconds: Math.max(
          1,
          Math.floor((expiresAt.getTime() - signedAt.getTime()) / 1_000),
        ),
      });
      return { url, headers };
    },
    signedUrl({ key, disposition, now: at, origin }) {
      if (disposition === "inline") return directUrl({ key, disposition, now: at });
      // Downloads come in three formats, of which the bucket has one: our route converts or redirects.
      const grant = grants.sign({ kind: "read", key, disposition }, roundedExpiry(at));
      return `${origin}/files/${grant}/${key}`;
    },
  };
}

type BucketCalls = Pick<ServedStore, "put" | "get" | "head" | "size" | "delete" | "list">;

function bucketCalls(
  client: S3Client,
  { Bucket, probe }: { Bucket: string; probe: () => Promise<void> },
): BucketCalls {
  const get = async (key: string): Promise<Uint8Array | null> => {
    if (parseObjectKey(key) === null) return null;
    const budget = s3Budget();
    for (let left = S3_BUDGET.tries - 1; ; left -= 1) {
      try {
        return await readObject(client, new GetObjectCommand({ Bucket, Key: key }), budget);
      } catch (thrown) {
        // The client tries again until an answer begins; one that breaks off is for us to repeat.
        if (s3Status(thrown) !== null || left === 0 || budget.abortSignal.aborted) throw thrown;
      }
    }
  };
  const look = async (key: string) => {
    if (parseObjectKey(key) === null) return null;
    const asked = new HeadObjectCommand({ Bucket, Key: key });
    const found = await client.send(asked, s3Budget()).catch(nullIfAbsent);
    // A HEAD has no body: without the object or without the whole bucket, 404 is all it says.
    if (found === null) await probe();
    return found;
  };
  const head = async (key: string): Promise<{ bytes: number; sha256: string } | null> => {
    const found = await look(key);
    if (found === null) return null;
    const written = found.Metadata?.[SHA256_META];
    if (written !== undefined && found.ContentLength !== undefined) {
      return { bytes: found.ContentLength, sha256: written };
    }
    // Not written by `put` (an upload): nothing but its bytes tells.
    const bytes = await get(key);
    return bytes === null ? null : { bytes: bytes.byteLength, sha256: sha256Of(bytes) };
  };
  return {
    get,
    head,
    size: async (key) => (await look(key))?.ContentLength ?? null,
    async put(key, bytes, contentType) {
      const name = requireObjectKey(key);
      const sha256 = sha256Of(bytes);
      if (name.sha256 !== null && name.sha256 !== sha256) {
        throw new Error("the key names other bytes than these");
      }
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentType: contentType,
        CacheControl: CACHE_CONTROL,
        IfNoneMatch: "*",
        Metadata: { [SHA256_META]: sha256 },
      });
      try {
        await client.send(command, s3Budget());
      } catch (thrown) {
        // 412: it is there, perhaps by our own try whose answer was lost. 409: somebody writes it now.
        const status = s3Status(thrown);
        if (status !== 412 && status !== 409) throw thrown;
        const present = await head(key);
        if (present === null) throw thrown;
        if (present.sha256 !== sha256 || present.bytes !== bytes.byteLength) {
          throw new Error("the key already holds other bytes", { cause: thrown });
        }
      }
    },
    async delete(key) {
      requireObjectKey(key);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }), s3Budget());
    },
    async list({ prefix, after, limit }) {
      const listed: ListedObject[] = [];
      let cursor = after;
      while (listed.length < limit) {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket,
            Prefix: prefix,
            MaxKeys: Math.min(1_000, limit - listed.length),
            ...(cursor === "" ? {} : { StartAfter: cursor }),
          }),
          s3Budget(),
        );
        for (const { Key: key, Size: bytes = 0, LastModified: modifiedAt } of page.Contents ?? []) {
          if (key === undefined || modifiedAt === undefined) continue;
          cursor = key;
          // The bucket may hold things that are not ours: they are left alone.
          if (parseObjectKey(key) !== null) listed.push({ key, bytes, modifiedAt });
        }
        if (page.IsTruncated !== true) break;
      }
      return listed;
    },
  };
}

/** Null = no such object. @throws also when the answer breaks off or takes longer than the budget */
async function readObject(
  client: S3Client,
  command: GetObjectCommand,
  budget: { abortSignal: AbortSignal },
): Promise<Uint8Array | null> {
  const found = await client.send(command, budget).catch(nullIfAbsent);
  if (found === null) return null;
  if (found.Body instanceof Readable) addAbortSignal(budget.abortSignal, found.Body);
  return (await found.Body?.transformToByteArray()) ?? new Uint8Array();
}

/** What the bucket is to answer with beside the object's own headers. */
function responseHeaders(
  name: ObjectName,
  disposition: "inline" | "attachment",
): Record<string, string> {
  if (disposition === "inline") return {};
  const file = downloadName(name.sha256, name.extension ?? "png");
  return { "response-content-disposition": `attachment; filename="${file}"` };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
