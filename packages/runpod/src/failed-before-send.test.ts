import { expect, test } from "vitest";

import { failedBeforeSend } from "./failed-before-send.ts";

function failure(code: string, syscall?: string): Error {
  return Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });
}

/** As `fetch` wraps it. */
function fetchFailed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}

test.each([
  failure("ECONNREFUSED", "connect"),
  failure("ENOTFOUND", "getaddrinfo"),
  failure("ETIMEDOUT", "connect"),
  failure("EHOSTUNREACH", "connect"),
  failure("UND_ERR_CONNECT_TIMEOUT"),
  failure("ERR_TLS_CERT_ALTNAME_INVALID"),
  failure("CERT_HAS_EXPIRED"),
  new AggregateError([failure("ECONNREFUSED", "connect"), failure("ETIMEDOUT", "connect")]),
])("nothing was sent: $message", (cause) => {
  expect(failedBeforeSend(fetchFailed(cause))).toBe(true);
});

test.each([
  failure("ECONNRESET", "read"),
  failure("EPIPE", "write"),
  failure("ETIMEDOUT", "read"),
  failure("UND_ERR_SOCKET"),
  failure("UND_ERR_HEADERS_TIMEOUT"),
  new DOMException("timed out", "TimeoutError"),
  new AggregateError([failure("ECONNREFUSED", "connect"), failure("ECONNRESET", "read")]),
  new AggregateError([]),
  undefined,
])("something may have been sent: $code", (cause) => {
  expect(failedBeforeSend(fetchFailed(cause))).toBe(false);
});
