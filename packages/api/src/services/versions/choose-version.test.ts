import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf, chooseVersion, WHOLE_SHARE } from "./choose-version.ts";

const ONE = { version: "edit@1" };
const TWO = { version: "edit@2" };
const OWNERS = Array.from({ length: 10_000 }, (_, n) =>
  createHash("sha256").update(`owner ${n}`).digest("hex").slice(0, 32),
);

const share = (basisPoints: number) => new Map([[TWO.version, basisPoints]]);
const whoGets = (basisPoints: number) =>
  OWNERS.filter((owner) => chooseVersion([ONE, TWO], share(basisPoints), owner) === TWO);

describe("a share of the owners", () => {
  test.each([100, 500, 2_500, 5_000, 9_900])(
    "%i basis points are that share of 10,000 owners, within one percent of them all",
    (basisPoints) => {
      const expected = (OWNERS.length * basisPoints) / WHOLE_SHARE;
      expect(Math.abs(whoGets(basisPoints).length - expected)).toBeLessThanOrEqual(100);
    },
  );

  test("who is in a share stays in it when it grows", () => {
    let before = new Set<string>();
    for (const basisPoints of [1, 50, 500, 2_000, 7_500, 10_000]) {
      const now = new Set(whoGets(basisPoints));
      expect([...before].filter((owner) => !now.has(owner))).toEqual([]);
      before = now;
    }
    expect(before.size).toBe(OWNERS.length);
  });

  test("is drawn anew for each version", () => {
    const both = OWNERS.filter(
      (owner) => bucketOf(owner, "edit@2") < 1_000 && bucketOf(owner, "edit@3") < 1_000,
    );
    expect(both.length).toBeGreaterThan(40);
    expect(both.length).toBeLessThan(200);
  });

  test("an owner's bucket is one of 10,000, and always the same", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (owner, version) => {
        const bucket = bucketOf(owner, version);
        expect(Number.isInteger(bucket) && bucket >= 0 && bucket < WHOLE_SHARE).toBe(true);
        expect(bucketOf(owner, version)).toBe(bucket);
      }),
    );
    // Written down: a change of the rule would move owners between versions.
    expect(bucketOf("00000000-0000-4000-8000-000000000001", "edit@2")).toBe(2892);
  });
});

describe("the version an owner gets", () => {
  test("without any row is the newest", () => {
    expect(chooseVersion([ONE, TWO], new Map(), "owner")).toBe(TWO);
    expect(chooseVersion([ONE, TWO], new Map(), null)).toBe(TWO);
  });

  test("is never a withdrawn one, and none when all are", () => {
    expect(chooseVersion([ONE, TWO], share(0), "owner")).toBe(ONE);
    const none = new Map([
      [ONE.version, 0],
      [TWO.version, 0],
    ]);
    expect(chooseVersion([ONE, TWO], none, "owner")).toBeNull();
    expect(chooseVersion([], new Map(), "owner")).toBeNull();
  });

  test("is the only live one for whoever is in no share", () => {
    const shares = new Map([
      [ONE.version, 0],
      [TWO.version, 1],
    ]);
    for (const owner of OWNERS.slice(0, 100)) {
      expect(chooseVersion([ONE, TWO], shares, owner)).toBe(TWO);
    }
  });

  test("is the one of the largest share for whoever is in none, so that a small share stays small", () => {
    const shares = new Map([
      [ONE.version, 5_000],
      [TWO.version, 100],
    ]);
    const fewer = OWNERS.filter((owner) => chooseVersion([ONE, TWO], shares, owner) === TWO);
    expect(fewer).toEqual(whoGets(100));
    expect(chooseVersion([ONE, TWO], shares, null)).toBe(ONE);
    const even = new Map([
      [ONE.version, 1],
      [TWO.version, 1],
    ]);
    expect(chooseVersion([ONE, TWO], even, null)).toBe(TWO);
  });

  test("is what everybody gets while nobody is known", () => {
    expect(chooseVersion([ONE, TWO], share(9_999), null)).toBe(ONE);
    expect(chooseVersion([ONE, TWO], share(10_000), null)).toBe(TWO);
  });
});
