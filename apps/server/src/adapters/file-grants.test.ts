import fc from "fast-check";
import { expect, test } from "vitest";
import { createFileGrants, type Grant } from "./file-grants.ts";
import { roundedExpiry } from "./rounded-expiry.ts";

const grants = createFileGrants("a secret");
const NOW = new Date("2026-11-22T10:00:00.000Z");
const later = new Date(NOW.getTime() + 3_600_000);
const expirySeconds = later.getTime() / 1000;
const read: Grant = { kind: "read", key: "assets/1", disposition: "inline" };
const signatureOf = (grant: Grant) => grants.sign(grant, later).split(".")[2] ?? "";

test("a signature opens exactly what it was made for", () => {
  expect(grants.verify(read, { expirySeconds, signature: signatureOf(read) }, NOW)).toBe("good");
  const others: Grant[] = [
    { ...read, key: "assets/2" },
    { ...read, disposition: "attachment" },
    { kind: "write", uploadId: "assets/1" },
  ];
  for (const other of others) {
    expect(grants.verify(other, { expirySeconds, signature: signatureOf(read) }, NOW)).toBe(
      "forged",
    );
  }
  expect(
    grants.verify(read, { expirySeconds: expirySeconds + 1, signature: signatureOf(read) }, NOW),
  ).toBe("forged");
});

test("it ends at its expiry, to the second", () => {
  const at = (ms: number) => new Date(later.getTime() + ms);
  expect(grants.verify(read, { expirySeconds, signature: signatureOf(read) }, at(-1))).toBe("good");
  expect(grants.verify(read, { expirySeconds, signature: signatureOf(read) }, at(0))).toBe(
    "expired",
  );
});

test("another server's secret opens nothing", () => {
  const foreign = createFileGrants("another secret").sign(read, later).split(".")[2] ?? "";
  expect(grants.verify(read, { expirySeconds, signature: foreign }, NOW)).toBe("forged");
});

test("no changed signature passes", () => {
  const good = signatureOf(read);
  fc.assert(
    fc.property(
      fc.nat(good.length - 1),
      fc.constantFrom(..."ABCXYZabcxyz019-_".split("")),
      (i, letter) => {
        const changed = good.slice(0, i) + letter + good.slice(i + 1);
        fc.pre(!Buffer.from(changed, "base64url").equals(Buffer.from(good, "base64url")));
        expect(grants.verify(read, { expirySeconds, signature: changed }, NOW)).toBe("forged");
      },
    ),
  );
});

test("URLs made within ten minutes are the same, and last at least an hour and at most 70 minutes", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      (now) => {
        const ms = roundedExpiry(now).getTime() - now.getTime();
        expect(ms).toBeGreaterThanOrEqual(3_600_000);
        expect(ms).toBeLessThan(4_200_000);
        expect(roundedExpiry(now).getTime() % 600_000).toBe(0);
      },
    ),
  );
});
