import type { S3Answer } from "./answer.ts";
import type { S3Request } from "./s3-request.ts";

const METHODS = ["GET", "HEAD", "PUT"];
/** The headers our own CORS rule allows; `content-length` never needs allowing. */
const ALLOWED_HEADERS: ReadonlySet<string> = new Set(["content-type", "if-none-match"]);

/** Headers that let a page of an allowed origin read the answer; none for any other. */
export function corsHeaders(
  request: S3Request,
  origins: readonly string[],
): Record<string, string> {
  const origin = request.headers["origin"];
  if (origin === undefined || !origins.includes(origin)) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "etag",
    vary: "origin",
  };
}

/** Answers a preflight as a bucket with the rule of docs/operations.md does. */
export function preflight(request: S3Request, origins: readonly string[]): S3Answer {
  const allowed = corsHeaders(request, origins);
  const asked = (request.headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const method = request.headers["access-control-request-method"] ?? "";
  const isAllowed =
    Object.keys(allowed).length > 0 &&
    METHODS.includes(method) &&
    asked.every((name) => ALLOWED_HEADERS.has(name));
  if (!isAllowed) return { status: 403, headers: {}, body: null };
  return {
    status: 200,
    headers: {
      ...allowed,
      "access-control-allow-methods": METHODS.join(", "),
      "access-control-allow-headers": [...ALLOWED_HEADERS].join(", "),
      "access-control-max-age": "3600",
    },
    body: null,
  };
}
