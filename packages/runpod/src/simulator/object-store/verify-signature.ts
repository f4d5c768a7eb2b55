import { createHmac, timingSafeEqual } from "node:crypto";

import { canonicalRequest, sha256Hex } from "./canonical-request.ts";
import { S3Refusal } from "./s3-error.ts";
import { queryValue, type S3Request } from "./s3-request.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const UNSIGNED = "UNSIGNED-PAYLOAD";
const LONGEST_EXPIRY_SECONDS = 604_800;

/** Who may ask, and how the store's clock stands. */
export interface SignatureRule {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Whether a signature may stand in the query. */
  readonly allowsPresigned: boolean;
  readonly maxSkewMs: number;
  readonly nowMs: number;
}

/** What the signature says of the body: its SHA-256 in hex, or null where it is left open. */
export interface VerifiedRequest {
  readonly payloadSha256: string | null;
  readonly isPresigned: boolean;
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261122T160000Z` */
  readonly amzDate: string;
  readonly payloadHash: string;
}

/**
 * Checks a signature of version 4, in the header or in the query, as S3 does.
 * @throws {S3Refusal} in S3's own words
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function verifySignature(request: S3Request, rule: SignatureRule): VerifiedRequest {
  const isPresigned = queryValue(request, "X-Amz-Algorithm") !== null;
  const claim = isPresigned ? readQuery(request, rule) : readHeader(request, rule);
  const [accessKeyId = "", day = "", region = "", service = "", end = ""] =
    claim.credential.split("/");
  const scope = `${day}/${rule.region}/s3/aws4_request`;
  if (`${day}/${region}/${service}/${end}` !== scope || day !== claim.amzDate.slice(0, 8)) {
    throw new S3Refusal(
      "AuthorizationHeaderMalformed",
      `The credential's scope is wrong; expecting '${rule.region}'.`,
    );
  }
  if (accessKeyId !== rule.accessKeyId) {
    throw new S3Refusal("InvalidAccessKeyId", "The access key id does not exist.");
  }
  requireSigned(request, claim.signedHeaders);
  const text = [ALGORITHM, claim.amzDate, scope, sha256Hex(canonicalRequest(request, claim))].join(
    "\n",
  );
  const key = [day, rule.region, "s3", "aws4_request"].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${rule.secretAccessKey}`),
  );
  const expected = Buffer.from(hmac(key, text).toString("hex"));
  const given = Buffer.from(claim.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new S3Refusal("SignatureDoesNotMatch", "The signature does not match.");
  }
  return { isPresigned, payloadSha256: claim.payloadHash === UNSIGNED ? null : claim.payloadHash };
}

function readHeader(request: S3Request, rule: SignatureRule): Claim {
  const authorization = request.headers["authorization"] ?? "";
  if (authorization === "") throw new S3Refusal("AccessDenied", "Access Denied.");
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  const amzDate = request.headers["x-amz-date"] ?? "";
  const atMs = parseAmzDate(amzDate);
  const payloadHash = request.headers["x-amz-content-sha256"] ?? "";
  if (match === null || atMs === null) {
    throw new S3Refusal("AuthorizationHeaderMalformed", "The authorization header is malformed.");
  }
  if (Math.abs(rule.nowMs - atMs) > rule.maxSkewMs) {
    throw new S3Refusal("RequestTimeTooSkewed", "The request's time is too far from ours.");
  }
  if (payloadHash.startsWith("STREAMING-")) {
    throw new S3Refusal("NotImplemented", "Chunked signatures are not simulated.");
  }
  if (payloadHash !== UNSIGNED && !/^[0-9a-f]{64}$/.test(payloadHash)) {
    throw new S3Refusal("InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD or hex.");
  }
  const [, credential = "", headers = "", signature = ""] = match;
  return { credential, signedHeaders: headers.split(";"), signature, amzDate, payloadHash };
}

function readQuery(request: S3Request, rule: SignatureRule): Claim {
  if (!rule.allowsPresigned) {
    throw new S3Refusal("NotImplemented", "Presigned URLs are not supported.");
  }
  const value = (name: string): string => queryValue(request, name) ?? "";
  const expirySeconds = Number(value("X-Amz-Expires"));
  const amzDate = value("X-Amz-Date");
  const atMs = parseAmzDate(amzDate);
  const isWhole = Number.isInteger(expirySeconds) && expirySeconds >= 1;
  if (value("X-Amz-Algorithm") !== ALGORITHM || atMs === null || !isWhole) {
    throw new S3Refusal("AuthorizationQueryParametersError", "A query parameter is malformed.");
  }
  if (expirySeconds > LONGEST_EXPIRY_SECONDS) {
    throw new S3Refusal("AuthorizationQueryParametersError", "X-Amz-Expires is at most a week.");
  }
  if (atMs > rule.nowMs + rule.maxSkewMs) {
    throw new S3Refusal("AccessDenied", "Request is not valid yet.");
  }
  if (rule.nowMs >= atMs + expirySeconds * 1_000) {
    throw new S3Refusal("AccessDenied", "Request has expired.");
  }
  return {
    credential: value("X-Amz-Credential"),
    signedHeaders: value("X-Amz-SignedHeaders").split(";"),
    signature: value("X-Amz-Signature"),
    amzDate,
    payloadHash: queryValue(request, "X-Amz-Content-Sha256") ?? UNSIGNED,
  };
}

/** What S3 insists on being signed: the host and every header of its own. */
function requireSigned(request: S3Request, signed: readonly string[]): void {
  const must = Object.keys(request.headers).filter(
    (name) => name === "host" || name.startsWith("x-amz-"),
  );
  if (must.some((name) => !signed.includes(name))) {
    throw new S3Refusal("AccessDenied", "There were headers present that were not signed.");
  }
  if (signed.some((name) => request.headers[name] === undefined)) {
    throw new S3Refusal("SignatureDoesNotMatch", "A signed header is missing.");
  }
}

function parseAmzDate(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atMs) ? null : atMs;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
