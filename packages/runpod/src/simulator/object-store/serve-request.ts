import type { IncomingMessage } from "node:http";

import { plain, type S3Answer, xml } from "./answer.ts";
import { type Bucket, digest } from "./bucket.ts";
import type { ObjectStoreDialect, ObjectStoreFault } from "./options.ts";
import { deleteObject, listObjects, putObject, readObject } from "./operate.ts";
import { S3_ERRORS, S3Refusal } from "./s3-error.ts";
import { methodOf, type S3Request } from "./s3-request.ts";
import { type SignatureRule, verifySignature } from "./verify-signature.ts";
import { errorXml } from "./xml.ts";

/** What one request meets. */
export interface Serving {
  readonly bucketName: string;
  readonly bucket: Bucket;
  readonly dialect: ObjectStoreDialect;
  readonly maxObjectBytes: number;
  readonly rule: SignatureRule;
  readonly fault: ObjectStoreFault | null;
}

/** Refuses or does what was asked; the body is read only as far as it may be kept. */
export async function serveRequest(
  incoming: IncomingMessage,
  request: S3Request,
  serving: Serving,
): Promise<S3Answer> {
  try {
    const refusal = refusalOf(serving.fault);
    if (refusal !== null) return refusal;
    return await serveVerified(incoming, request, serving);
  } catch (thrown) {
    if (!(thrown instanceof S3Refusal)) throw thrown;
    return xml(S3_ERRORS[thrown.code], errorXml(thrown.code, thrown.message));
  }
}

async function serveVerified(
  incoming: IncomingMessage,
  request: S3Request,
  serving: Serving,
): Promise<S3Answer> {
  const { dialect, bucket, bucketName } = serving;
  const { payloadSha256 } = verifySignature(request, serving.rule);
  if (request.bucket !== bucketName) {
    throw new S3Refusal("NoSuchBucket", "The specified bucket does not exist.");
  }
  const operation = { request, bucket, dialect };
  const { key } = request;
  switch (methodOf(request)) {
    case "LIST":
      return listObjects(operation);
    case "HEAD":
      return key === null ? plain(200) : readObject(operation, key);
    case "GET":
      return readObject(operation, requireKey(key));
    case "DELETE":
      return deleteObject(operation, requireKey(key));
    case "PUT": {
      const body = await receive(incoming, request, serving);
      if (payloadSha256 !== null && payloadSha256 !== digest("sha256", body, "hex")) {
        throw new S3Refusal("XAmzContentSHA256Mismatch", "The body is not the one signed for.");
      }
      const isCorrupted = serving.fault === "corrupt";
      const answer = putObject(operation, { key: requireKey(key), body, isCorrupted });
      const isOdd = serving.fault === "wrong-etag";
      return isOdd ? { ...answer, headers: { etag: `"${"0".repeat(32)}"` } } : answer;
    }
    case null:
      // Batch delete, multipart and the like: nothing of ours asks for them.
      throw new S3Refusal("NotImplemented", "This is not simulated.");
  }
}

function requireKey(key: string | null): string {
  if (key === null) throw new S3Refusal("NotImplemented", "Buckets are neither made nor removed.");
  return key;
}

async function receive(
  incoming: IncomingMessage,
  request: S3Request,
  { maxObjectBytes }: Serving,
): Promise<Buffer> {
  const length = request.headers["content-length"];
  if (length === undefined) {
    throw new S3Refusal("MissingContentLength", "The length of the body must be told.");
  }
  if ((request.headers["content-encoding"] ?? "").includes("aws-chunked")) {
    throw new S3Refusal("NotImplemented", "Chunked bodies are not simulated.");
  }
  if (Number(length) > maxObjectBytes) {
    throw new S3Refusal("EntityTooLarge", "The object is larger than the store allows.");
  }
  const chunks: Uint8Array[] = [];
  const stream: AsyncIterable<unknown> = incoming;
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (body.length !== Number(length)) {
    throw new S3Refusal("IncompleteBody", "The body is shorter than was told.");
  }
  return body;
}

/** The answer of a fault under which nothing is done; null = the request is served. */
function refusalOf(fault: ObjectStoreFault | null): S3Answer | null {
  switch (fault) {
    case "slow-down":
      return xml(503, errorXml("SlowDown", "Please reduce your request rate."));
    case "internal-error":
      return xml(500, errorXml("InternalError", "We encountered an internal error."));
    case "bad-gateway":
      return {
        status: 502,
        headers: { "content-type": "text/html" },
        body: "<html><h1>502 Bad Gateway</h1></html>",
      };
    case "forbidden":
      return xml(403, errorXml("AccessDenied", "Access Denied."));
    case "hidden":
      return xml(404, errorXml("NoSuchKey", "The specified key does not exist."));
    case "drop":
    case "done-then-drop":
    case "wrong-etag":
    case "corrupt":
    case "cut-body":
    case null:
      return null;
  }
}
