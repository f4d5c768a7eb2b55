import { describe, expect, test } from "vitest";
import { isLoopbackName, isSameOrigin, type OriginFacts, type OriginRule } from "./check-origin.ts";

const PRODUCTION: OriginRule = { publicOrigin: "https://studio.example", loopbackPort: null };
const LOCAL: OriginRule = { publicOrigin: "http://localhost:3000", loopbackPort: 3000 };

type Row = [string, Partial<OriginFacts>, OriginRule, boolean];

describe("who may act with a cookie", () => {
  const rows: Row[] = [
    ["no browser at all", {}, PRODUCTION, true],
    [
      "our own page",
      { origin: "https://studio.example", secFetchSite: "same-origin" },
      PRODUCTION,
      true,
    ],
    ["our own page, old browser", { origin: "https://studio.example" }, PRODUCTION, true],
    ["our own GET", { method: "GET", secFetchSite: "same-origin" }, PRODUCTION, true],
    ["a foreign page", { origin: "https://evil.example" }, PRODUCTION, false],
    [
      "a foreign page that lies about its site",
      { origin: "https://evil.example", secFetchSite: "same-origin" },
      PRODUCTION,
      false,
    ],
    [
      "a sibling host",
      { origin: "https://studio.example", secFetchSite: "same-site" },
      PRODUCTION,
      false,
    ],
    [
      "a cross-site request without Origin",
      { method: "GET", secFetchSite: "cross-site" },
      PRODUCTION,
      false,
    ],
    ["our host on http", { origin: "http://studio.example" }, PRODUCTION, false],
    ["our host on another port", { origin: "https://studio.example:8443" }, PRODUCTION, false],
    ["our host as a prefix", { origin: "https://studio.example.evil.example" }, PRODUCTION, false],
    ["an opaque origin", { origin: "null" }, PRODUCTION, false],
    ["an opaque origin on loopback", { origin: "null" }, LOCAL, false],
    ["an empty Origin", { origin: "" }, LOCAL, false],
    ["a typed address", { method: "GET", secFetchSite: "none" }, PRODUCTION, true],
    ["a POST without a site", { method: "POST", secFetchSite: "none" }, PRODUCTION, false],
    ["an unknown site word", { secFetchSite: "sideways" }, PRODUCTION, false],
    ["localhost at our port", { origin: "http://localhost:3000" }, LOCAL, true],
    ["127.0.0.1 at our port", { origin: "http://127.0.0.1:3000" }, LOCAL, true],
    ["::1 at our port", { origin: "http://[::1]:3000" }, LOCAL, true],
    ["localhost at another port", { origin: "http://localhost:5173" }, LOCAL, false],
    ["https localhost at our port", { origin: "https://localhost:3000" }, LOCAL, false],
    ["localhost in production", { origin: "http://localhost:3000" }, PRODUCTION, false],
    [
      "a Bearer from anywhere",
      { origin: "https://evil.example", authorization: "Bearer abc" },
      PRODUCTION,
      true,
    ],
    [
      "an empty Bearer",
      { origin: "https://evil.example", authorization: "Bearer " },
      PRODUCTION,
      false,
    ],
    [
      "Basic is no Bearer",
      { origin: "https://evil.example", authorization: "Basic YTpi" },
      PRODUCTION,
      false,
    ],
  ];
  test.each(rows)("%s", (_name, facts, rule, allowed) => {
    const all = { method: "POST", authorization: null, origin: null, secFetchSite: null, ...facts };
    expect(isSameOrigin(all, rule)).toBe(allowed);
  });
});

test.each([
  ["localhost", true],
  ["LOCALHOST", true],
  ["app.localhost", true],
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["::1", true],
  ["[::1]", true],
  ["localhost.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["0.0.0.0", false],
  ["10.0.0.1", false],
])("%s is a loopback name: %s", (name, expected) => {
  expect(isLoopbackName(name)).toBe(expected);
});
