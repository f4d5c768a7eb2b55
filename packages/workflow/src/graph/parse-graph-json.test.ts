import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { parseGraphJson } from "./parse-graph-json.ts";

test.each<[string, string, RegExp]>([
  ["100,000 open lists", "[".repeat(100_000) + "]".repeat(100_000), /deeper/],
  ["100,000 open objects", '{"a":'.repeat(100_000), /deeper/],
  ["a key that stands twice", '{"3":{},"4":{},"3":{}}', /stands twice/],
  ["a key that stands twice, once escaped", '{"a":1,"\\u0061":2}', /stands twice/],
  ["a prototype that stands twice", '{"__proto__":1,"__proto__":2}', /stands twice/],
  ["a key that stands twice far inside", '{"a":[{"b":{"c":1,"d":2,"c":3}}]}', /stands twice/],
  ["a number of 5,000 digits", `{"seed":${"9".repeat(5000)}}`, /digits/],
  ["an open object", "{", /JSON/],
  ["NaN", '{"a":NaN}', /JSON/],
  ["a comma too many", '{"a":1,}', /JSON/],
  ["half a string of quotes", `"${'\\"'.repeat(200_000)}`, /JSON/],
  ["nothing", "", /JSON/],
])("%s is refused", (_what, text, reason) => {
  expect(() => parseGraphJson(text)).toThrow(SyntaxError);
  expect(() => parseGraphJson(text)).toThrow(reason);
});

test("a picture of 20 million letters in a text is read; so are the digits of a fraction", () => {
  const picture = "A".repeat(20_000_000);
  expect(parseGraphJson(`{"image":"${picture}"}`)).toEqual({ image: picture });
  expect(() => parseGraphJson(`{"image":"${picture}`)).toThrow(SyntaxError);
  expect(parseGraphJson(`[0.${"3".repeat(5000)},-${"9".repeat(4300)}]`)).toEqual([
    1 / 3,
    -(10n ** 4300n - 1n),
  ]);
});

test("the same key may stand in different objects, and in texts", () => {
  const text = '{"a":{"a":1,"b":"{\\"a\\":1,\\"a\\":2}"},"b":[{"a":1},{"a":2},"a","a"]}';
  expect(parseGraphJson(text)).toEqual(JSON.parse(text));
});

test("whole numbers stay exact, others are what JSON makes of them", () => {
  expect(parseGraphJson("[18446744073709551615, -9007199254740993, 1e400, 0.1]")).toEqual([
    18446744073709551615n,
    -9007199254740993n,
    Infinity,
    0.1,
  ]);
});

test("any JSON that is not refused is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, isSpaced) => {
      const text = JSON.stringify(value, null, isSpaced ? 2 : undefined);
      const isExact = (number: unknown) => (typeof number === "bigint" ? Number(number) : number);
      expect(JSON.stringify(parseGraphJson(text), (_key, each) => isExact(each))).toBe(
        JSON.stringify(JSON.parse(text)),
      );
    }),
    { numRuns: 1000 * inject("rounds") },
  );
});
