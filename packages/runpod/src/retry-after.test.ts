import { expect, test } from "vitest";

import { parseRetryAfter } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 22, 9, 0, 0);

test.each([
  [null, null],
  ["0", 0],
  [" 120 ", 120_000],
  ["Sun, 22 Nov 2026 09:01:00 GMT", 60_000],
  ["Sun, 22 Nov 2026 08:00:00 GMT", 0],
  ["-1", null],
  ["1.5", null],
  ["tomorrow", null],
  ["", null],
])("Retry-After %j is %j ms", (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});
