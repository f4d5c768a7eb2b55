import { expect, test } from "vitest";
import { readVersionsOrder } from "./read-versions-order.ts";

test.each([
  ["list", { kind: "list" }],
  ["share edit@2 5", { kind: "share", version: "edit@2", basisPoints: 500, note: null }],
  ["share edit@2 0.01%", { kind: "share", version: "edit@2", basisPoints: 1, note: null }],
  ["share edit@2 12.5", { kind: "share", version: "edit@2", basisPoints: 1_250, note: null }],
  ["share edit@2 100.00", { kind: "share", version: "edit@2", basisPoints: 10_000, note: null }],
  ["withdraw edit@2", { kind: "share", version: "edit@2", basisPoints: 0, note: null }],
  [
    "withdraw edit@2 --note blurry",
    { kind: "share", version: "edit@2", basisPoints: 0, note: "blurry" },
  ],
])("%s is understood", (line, order) => {
  expect(readVersionsOrder(line.split(" "))).toEqual(order);
});

test.each([
  "",
  "lists",
  "list edit@2",
  "share edit@2",
  "share edit@2 5 6",
  "share edit@2 100.01",
  "share edit@2 101",
  "share edit@2 1e1",
  "share edit@2 0.001",
  "share edit@2 many",
  "withdraw",
  "withdraw edit@2 5",
  "list --force",
  `withdraw edit@2 --note ${"x".repeat(501)}`,
])("%j is refused with a sentence", (line) => {
  expect(() => readVersionsOrder(line.split(" ").filter((part) => part !== ""))).toThrow(/\w+ .+/);
});
