import { createHash, createHmac } from "node:crypto";

const ALGORITHM = "AWS4-HMAC-SHA256";

/** A bucket addressed in the path, and the right to sign for it. */
export interface S3Place {
  /** Origin without a path, e.g. `https://<account>.r2.cloudflarestorage.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One request that somebody else may make in our name. */
export interface Presigned {
  readonly method: "GET" | "PUT";
  readonly key: string;
  /** Signed together with `host`: a request with other values is refused. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Such as `response-content-disposition`. */
  readonly query?: Readonly<Record<string, string>>;
  /** From when on it counts; the same moment gives the same URL. */
  readonly signedAt: Date;
  /** At most a week. */
  readonly expiresInSeconds: number;
}

/**
 * Makes the signer of a bucket's URLs. It computes and waits for nothing, so that a list of a hundred
 * pictures costs no more than a few hundred HMACs; the key of a day is derived once.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function createS3Presigner(place: S3Place): (request: Presigned) => string {
  const { host } = new URL(place.endpoint);
  let dayKey: { day: string; key: Buffer } | null = null;
  const keyOf = (day: string): Buffer => {
    if (dayKey?.day !== day) dayKey = { day, key: deriveKey(place, day) };
    return dayKey.key;
  };
  return (request) => {
    const at = amzDate(request.signedAt);
    const day = at.slice(0, 8);
    const scope = `${day}/${place.region}/s3/aws4_request`;
    const headers = Object.entries({ ...request.headers, host }).toSorted(byName);
    const query = canonicalQuery({
      ...request.query,
      "X-Amz-Algorithm": ALGORITHM,
      "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
      "X-Amz-Credential": `${place.accessKeyId}/${scope}`,
      "X-Amz-Date": at,
      "X-Amz-Expires": String(request.expiresInSeconds),
      "X-Amz-SignedHeaders": headers.map(([name]) => name).join(";"),
    });
    const path = `/${place.bucket}/${request.key}`.split("/").map(encode).join("/");
    const canonical = [
      request.method,
      path,
      query,
      ...headers.map(([name, value]) => `${name}:${value}`),
      "",
      headers.map(([name]) => name).join(";"),
      "UNSIGNED-PAYLOAD",
    ].join("\n");
    const text = [ALGORITHM, at, scope, sha256Hex(canonical)].join("\n");
    const signature = hmac(keyOf(day), text).toString("hex");
    return `${place.endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
  };
}

function deriveKey({ secretAccessKey, region }: S3Place, day: string): Buffer {
  return [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** `20261122T160000Z` */
function amzDate(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** RFC 3986, as the signature wants it. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
