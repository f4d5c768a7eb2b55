import type { IncomingMessage } from "node:http";

import type { ObjectStoreMethod } from "./options.ts";
import { S3Refusal } from "./s3-error.ts";

/** One request as it came, its path and query decoded. */
export interface S3Request {
  readonly method: string;
  /** Decoded, with the leading slash. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null = the service itself. */
  readonly bucket: string | null;
  /** Null = the bucket itself. */
  readonly key: string | null;
}

/** Reads the head of a request. @throws {S3Refusal} on a path or query that cannot be decoded */
export function readRequest(incoming: IncomingMessage): S3Request {
  const [rawPath = "/", rawQuery = ""] = splitOnce(incoming.url ?? "/", "?");
  const path = decode(rawPath);
  const [, bucket = "", key = null] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  return {
    method: incoming.method ?? "GET",
    path,
    query: rawQuery.split("&").filter(Boolean).map(readPair),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : (value ?? ""),
      ]),
    ),
    bucket: bucket === "" ? null : bucket,
    key: key === null || key === "" ? null : key,
  };
}

/** The value of a query parameter; null = it is not there. */
export function queryValue(request: S3Request, name: string): string | null {
  return request.query.find(([each]) => each === name)?.[1] ?? null;
}

/** What is asked for, as faults and counts name it; null = nothing S3 knows. */
export function methodOf(request: S3Request): ObjectStoreMethod | null {
  const { method, key } = request;
  if (method === "GET" && key === null) return "LIST";
  return method === "PUT" || method === "GET" || method === "HEAD" || method === "DELETE"
    ? method
    : null;
}

function readPair(pair: string): readonly [string, string] {
  const [name = "", value = ""] = splitOnce(pair, "=");
  return [decode(name), decode(value)];
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Refusal("InvalidArgument", "The request's URL cannot be decoded.");
  }
}
