import { createHash, createHmac } from "node:crypto";

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Who signs, for which data center. */
export interface S3Credentials {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface S3Call {
  method: "GET" | "PUT" | "DELETE";
  /** Decoded, with the leading slash and the bucket. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Null = none. */
  body: Uint8Array | null;
}

/** A request ready to be sent. */
export interface SignedCall {
  url: string;
  headers: Record<string, string>;
}

/**
 * Signs one request in its headers, its body included: whoever answers has received these bytes.
 * A RunPod volume knows no presigned URLs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signRequest(
  endpointUrl: string,
  call: S3Call,
  { credentials, at }: { credentials: S3Credentials; at: Date },
): SignedCall {
  const { origin, host } = new URL(endpointUrl);
  const amzDate = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const payload = sha256Hex(call.body ?? "");
  const headers = { host, "x-amz-content-sha256": payload, "x-amz-date": amzDate };
  const names = Object.keys(headers).join(";");
  const path = call.path.split("/").map(encode).join("/");
  const query = Object.entries(call.query ?? {})
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join("&");
  const canonical = [
    call.method,
    path,
    query,
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    "",
    names,
    payload,
  ].join("\n");
  const { region, accessKeyId, secretAccessKey } = credentials;
  const parts = [amzDate.slice(0, 8), region, "s3", "aws4_request"];
  const text = [ALGORITHM, amzDate, parts.join("/"), sha256Hex(canonical)].join("\n");
  const key = parts.reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const signature = hmac(key, text).toString("hex");
  const credential = `${accessKeyId}/${parts.join("/")}`;
  return {
    url: `${origin}${path}${query === "" ? "" : `?${query}`}`,
    headers: {
      "x-amz-content-sha256": payload,
      "x-amz-date": amzDate,
      authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
    },
  };
}

/** RFC 3986, as the signature wants it. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
