import { expect, test } from "vitest";
import { readIncidentsOrder } from "./read-incidents-order.ts";
import { readJobsOrder } from "./read-jobs-order.ts";

const ID = "0b9d1c2e-1111-4222-8333-444455556666";
const NO_FILTER = {
  kind: "list",
  sinceMs: 7 * 86_400_000,
  status: null,
  trouble: null,
  failedSinceMs: null,
  backend: null,
  ownerId: null,
  cursor: null,
  limit: 50,
  isText: false,
};
const words = (line: string) => line.split(" ").filter((part) => part !== "");

test.each([
  ["list", NO_FILTER],
  ["list --stuck --text", { ...NO_FILTER, trouble: "stuck", isText: true }],
  [
    "list --late --status storing --since 2h",
    { ...NO_FILTER, trouble: "late", status: "storing", sinceMs: 7_200_000 },
  ],
  [
    `list --failed-since 90s --owner ${ID.toUpperCase()} --limit 500`,
    { ...NO_FILTER, failedSinceMs: 90_000, ownerId: ID, limit: 500 },
  ],
  [`show ${ID}`, { kind: "show", jobId: ID, isText: false }],
  [
    `reconcile ${ID}`,
    { kind: "order", action: "reconcile", jobId: ID, author: null, reason: "by hand", minutes: 10 },
  ],
  [
    `extend ${ID} --minutes 20 --reason full --by ann`,
    { kind: "order", action: "extend", jobId: ID, author: "ann", reason: "full", minutes: 20 },
  ],
])("jobs %s is understood", (line, order) => {
  expect(readJobsOrder(words(line))).toEqual(order);
});

test.each([
  "",
  "lists",
  `list ${ID}`,
  "list --stuck --late",
  "list --status lost",
  "list --since 2",
  "list --since 0h",
  "list --since 9999999d",
  "list --limit 0",
  "list --limit 501",
  "list --owner me",
  "list --reason why",
  "show",
  "show 17",
  `show ${ID} ${ID}`,
  `show ${ID} --stuck`,
  `cancel ${ID}`,
  `retry ${ID}`,
  `extend ${ID} --minutes 10`,
  `extend ${ID} --minutes 31 --reason why`,
  `cancel ${ID} --minutes 10 --reason why`,
  `cancel ${ID} --reason ${"x".repeat(501)}`,
  `cancel ${ID} --reason why --by ${"x".repeat(101)}`,
  `refund ${ID} --reason why`,
  "list --force",
])("jobs %j is refused with a sentence", (line) => {
  expect(() => readJobsOrder(words(line))).toThrow(/\w+ .+/);
});

test("incidents are listed by cause and time, or one is shown", () => {
  expect(readIncidentsOrder(words("list --cause rate-limited --since 30m"))).toEqual({
    kind: "list",
    sinceMs: 1_800_000,
    cause: "rate-limited",
    backend: null,
    limit: 50,
  });
  expect(readIncidentsOrder(["show", ID])).toEqual({ kind: "show", id: ID });
  for (const line of ["", "show", `show ${ID} --limit 3`, "list --cause bad-luck", `list ${ID}`]) {
    expect(() => readIncidentsOrder(words(line))).toThrow(/\w+ .+/);
  }
});
