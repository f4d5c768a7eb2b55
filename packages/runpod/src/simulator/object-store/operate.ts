import type { S3Answer } from "./answer.ts";
import { plain, xml } from "./answer.ts";
import { type Bucket, digest } from "./bucket.ts";
import type { ObjectStoreDialect, StoredObject } from "./options.ts";
import { S3Refusal } from "./s3-error.ts";
import { queryValue, type S3Request } from "./s3-request.ts";
import { listXml } from "./xml.ts";

/** One verified request for an object or a listing of the bucket. */
export interface Operation {
  readonly request: S3Request;
  readonly bucket: Bucket;
  readonly dialect: ObjectStoreDialect;
}

const KEPT_HEADERS = ["cache-control", "content-disposition", "content-encoding"];
const MAX_KEYS = 1_000;

/** Keeps a whole body under its key. @throws {S3Refusal} PreconditionFailed, BadDigest, NotImplemented */
export function putObject(
  { request, bucket, dialect }: Operation,
  { key, body, isCorrupted }: { key: string; body: Buffer; isCorrupted: boolean },
): S3Answer {
  const { headers } = request;
  const condition = headers["if-none-match"];
  if (condition !== undefined) {
    if (dialect === "runpod-volume" || condition !== "*") {
      throw new S3Refusal("NotImplemented", "This condition is not implemented.");
    }
    if (bucket.objects.has(key)) {
      throw new S3Refusal("PreconditionFailed", "The object is there already.");
    }
  }
  const checksum = headers["x-amz-checksum-sha256"];
  if (checksum !== undefined && checksum !== digest("sha256", body, "base64")) {
    throw new S3Refusal("BadDigest", "The SHA-256 is not of these bytes.");
  }
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== digest("md5", body, "base64")) {
    throw new S3Refusal("BadDigest", "The MD5 is not of these bytes.");
  }
  const object = bucket.put(key, isCorrupted ? corrupted(body) : body, {
    contentType: headers["content-type"] ?? "binary/octet-stream",
    headers: Object.fromEntries(
      Object.entries(headers).filter(
        ([name]) => KEPT_HEADERS.includes(name) || name.startsWith("x-amz-meta-"),
      ),
    ),
    hasChecksum: checksum !== undefined && dialect === "s3",
  });
  return plain(200, { etag: object.etag });
}

/** Gives an object back, with `response-…` overrides where the URL is signed for them. */
export function readObject({ request, bucket }: Operation, key: string): S3Answer {
  const object = bucket.read(key);
  if (object === null) throw new S3Refusal("NoSuchKey", "The specified key does not exist.");
  const headers = objectHeaders(object, request);
  if (request.headers["if-none-match"] === object.etag) {
    return plain(304, { etag: object.etag });
  }
  return { status: 200, headers, body: request.method === "HEAD" ? null : object.bytes };
}

export function deleteObject({ bucket }: Operation, key: string): S3Answer {
  bucket.delete(key);
  return plain(204);
}

/** ListObjectsV2. @throws {S3Refusal} on version 1, which nothing of ours asks for */
export function listObjects({ request, bucket }: Operation): S3Answer {
  if (queryValue(request, "list-type") !== "2") {
    throw new S3Refusal("NotImplemented", "Only ListObjectsV2 is simulated.");
  }
  const asked = Number(queryValue(request, "max-keys") ?? MAX_KEYS);
  if (!Number.isInteger(asked) || asked < 0) {
    throw new S3Refusal("InvalidArgument", "max-keys is not a number.");
  }
  const token = queryValue(request, "continuation-token");
  const prefix = queryValue(request, "prefix") ?? "";
  const limit = Math.min(asked, MAX_KEYS);
  const after =
    token === null
      ? (queryValue(request, "start-after") ?? "")
      : Buffer.from(token, "base64url").toString("utf8");
  const encodesKeys = queryValue(request, "encoding-type") === "url";
  const page = bucket.list({ prefix, after, limit });
  return xml(200, listXml(page, { bucket: request.bucket ?? "", prefix, limit, encodesKeys }));
}

function objectHeaders(object: StoredObject, request: S3Request): Record<string, string> {
  const asksChecksum = request.headers["x-amz-checksum-mode"] === "ENABLED";
  const overrides = request.query
    .filter(([name]) => name.startsWith("response-"))
    .map(([name, value]) => [name.slice("response-".length), value] as const);
  return {
    ...object.headers,
    "content-type": object.contentType,
    "content-length": String(object.bytes.length),
    "last-modified": new Date(object.modifiedAtMs).toUTCString(),
    "accept-ranges": "bytes",
    etag: object.etag,
    ...(asksChecksum && object.checksumSha256 !== null
      ? { "x-amz-checksum-sha256": object.checksumSha256 }
      : {}),
    ...Object.fromEntries(overrides),
  };
}

function corrupted(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
