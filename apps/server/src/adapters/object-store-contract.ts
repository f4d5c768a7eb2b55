import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ServedStore } from "./served-store.ts";

/** A store as the suite meets it. */
export interface StoreUnderTest extends AsyncDisposable {
  readonly store: ServedStore;
  /** PUTs to a ticket as a browser would. @returns whether the bytes were taken */
  putAsBrowser(o: {
    url: string;
    headers: Record<string, string>;
    key: string;
    declaredBytes: number;
    body: Uint8Array;
  }): Promise<boolean>;
}

const RANDOM = "0123456789abcdef0123456789abcdef";
const ORIGIN = "https://studio.test";
export const BYTES = Buffer.from("a picture");
export const SHA256 = createHash("sha256").update(BYTES).digest("hex");
export const KEY = `assets/${RANDOM}/${SHA256}.png`;
export const RAW = `raw/${RANDOM}`;

/** The rules every object store keeps, wherever the bytes lie. */
export function describeObjectStore(name: string, setup: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an object store`, () => {
    let it: StoreUnderTest;
    beforeEach(async () => {
      it = await setup();
    });
    afterEach(() => it[Symbol.asyncDispose]());

    test("gives back what was put, whole, with its size and sha256", async () => {
      await it.store.put(KEY, BYTES, "image/png");
      expect(Buffer.from((await it.store.get(KEY)) ?? [])).toEqual(BYTES);
      expect(await it.store.head(KEY)).toEqual({ bytes: BYTES.length, sha256: SHA256 });
      expect(await it.store.size(KEY)).toBe(BYTES.length);
    });

    test("putting the same bytes again is no news; other bytes under the key are refused", async () => {
      await it.store.put(RAW, BYTES, "image/png");
      await it.store.put(RAW, BYTES, "image/png");
      await expect(it.store.put(RAW, Buffer.from("another"), "image/png")).rejects.toThrow(
        /already holds other bytes/,
      );
      expect(Buffer.from((await it.store.get(RAW)) ?? [])).toEqual(BYTES);
    });

    test("of many who put at once, each is told the truth and one object stands", async () => {
      const bodies = ["aaaa", "bbbb", "aaaa", "bbbb"].map((text) => Buffer.from(text));
      const ends = await Promise.allSettled(
        bodies.map((body) => it.store.put(RAW, body, "image/png")),
      );
      const stands = Buffer.from((await it.store.get(RAW)) ?? []).toString();
      expect(stands).toMatch(/^(aaaa|bbbb)$/);
      expect(ends.map(({ status }) => status)).toEqual(
        bodies.map((body) => (body.toString() === stands ? "fulfilled" : "rejected")),
      );
    });

    test("a key that names other bytes is refused before anything is written", async () => {
      const wrong = `assets/${RANDOM}/${"0".repeat(64)}.png`;
      await expect(it.store.put(wrong, BYTES, "image/png")).rejects.toThrow(/names other bytes/);
      expect(await it.store.get(wrong)).toBeNull();
    });

    test("what is not there reads as null and can be deleted; what is deleted is not there", async () => {
      for (let time = 0; time < 2; time += 1) {
        expect(await it.store.get(KEY)).toBeNull();
        expect(await it.store.head(KEY)).toBeNull();
        expect(await it.store.size(KEY)).toBeNull();
        await it.store.delete(KEY);
        if (time === 0) await it.store.put(KEY, BYTES, "image/png");
        await it.store.delete(KEY);
      }
    });

    test.each([
      "../etc/passwd",
      "assets/../../secret",
      `assets/${RANDOM}/../${SHA256}.png`,
      `/assets/${RANDOM}`,
      `assets/${RANDOM}/${SHA256}.svg`,
      `assets/${RANDOM.toUpperCase()}`,
      `assets\\${RANDOM}`,
      `assets/${RANDOM}\n`,
      "",
    ])("%j is no key: nothing is read, put or signed under it", async (bad) => {
      expect(await it.store.get(bad)).toBeNull();
      expect(await it.store.size(bad)).toBeNull();
      expect(await it.store.head(bad).catch(() => "refused")).toSatisfy(
        (head) => head === null || head === "refused",
      );
      await expect(it.store.put(bad, BYTES, "image/png")).rejects.toThrow(/not an object key/);
    });

    test("takes one upload of exactly the declared bytes, once", async () => {
      const upload = async (text: string) => {
        const ticket = await it.store.presignPut({
          key: RAW,
          uploadId: "0b0e3a52-6d3e-4c7b-9d5b-3a4a86b5f001",
          contentType: "image/png",
          bytes: 4,
          expiresAt: new Date(Date.now() + 600_000),
          origin: ORIGIN,
        });
        const body = Buffer.from(text);
        return it.putAsBrowser({ ...ticket, key: RAW, declaredBytes: 4, body });
      };
      expect(await upload("abcde")).toBe(false);
      expect(await upload("abc")).toBe(false);
      expect(await it.store.size(RAW)).toBeNull();
      expect(await upload("abcd")).toBe(true);
      expect(await upload("efgh")).toBe(false);
      expect(Buffer.from((await it.store.get(RAW)) ?? []).toString()).toBe("abcd");
      const sha256 = createHash("sha256").update("abcd").digest("hex");
      expect(await it.store.head(RAW)).toEqual({ bytes: 4, sha256 });
    });

    test("lists what begins with a prefix, in order, page by page", async () => {
      const keys = ["00", "01", "02", "0f"].map((end) => `raw/ab${"0".repeat(28)}${end}`);
      const others = [`raw/cd${"0".repeat(30)}`, KEY];
      for (const key of [...keys.toReversed(), ...others]) {
        await it.store.put(key, key === KEY ? BYTES : Buffer.from(key), "image/png");
      }
      const first = await it.store.list({ prefix: "raw/ab", after: "", limit: 3 });
      expect(first.map(({ key }) => key)).toEqual(keys.slice(0, 3));
      expect(first[0]?.bytes).toBe(36);
      expect(Math.abs(Date.now() - (first[0]?.modifiedAt.getTime() ?? 0))).toBeLessThan(600_000);
      const after = first.at(-1)?.key ?? "";
      const rest = await it.store.list({ prefix: "raw/ab", after, limit: 3 });
      expect(rest.map(({ key }) => key)).toEqual(keys.slice(3));
      expect(await it.store.list({ prefix: "raw/ee", after: "", limit: 3 })).toEqual([]);
    });

    test("a picture's URL is the same for ten minutes, and another for another disposition", async () => {
      const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute, 1));
      const url = (minute: number, disposition: "inline" | "attachment" = "inline") =>
        it.store.signedUrl({ key: KEY, disposition, now: at(minute), origin: ORIGIN });
      expect(url(9)).toBe(url(0));
      expect(url(10)).not.toBe(url(9));
      expect(url(0, "attachment")).not.toBe(url(0));
      expect(new URL(url(0, "attachment")).origin).toBe(ORIGIN);
    });

    test("is well", async () => {
      await expect(it.store.probe()).resolves.toBeUndefined();
    });
  });
}
