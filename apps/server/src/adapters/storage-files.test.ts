import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileGrants } from "./file-grants.ts";
import { parseObjectKey } from "./object-path.ts";
import { describeObjectStore } from "./object-store-contract.ts";
import { type FileStore, openFileStore } from "./storage-files.ts";

let dir: string;
let store: FileStore;
let now: Date;

const options = () => ({
  dir,
  grants: createFileGrants("secret"),
  randomBytes,
  now: () => now,
});

beforeEach(async () => {
  now = new Date();
  dir = await mkdtemp(join(tmpdir(), "ob-store-"));
  store = await openFileStore(options());
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const bytes = Buffer.from("a picture");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const RANDOM = "0123456789abcdef0123456789abcdef";
const key = `assets/${RANDOM}/${sha256}.png`;

describeObjectStore("a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ob-store-"));
  const opened = await openFileStore({ ...options(), dir: folder });
  return {
    store: opened,
    async putAsBrowser({ key: target, body, declaredBytes }) {
      const stream = ReadableStream.from([new Uint8Array(body)]);
      return (await opened.access.receive(target, stream, declaredBytes)).kind === "stored";
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
});

describe("the file store", () => {
  test.each([
    "../etc/passwd",
    "assets/../../secret",
    `assets/${RANDOM}/../${sha256}.png`,
    `/assets/${RANDOM}`,
    `assets/${RANDOM}/${sha256}.svg`,
    `assets/${RANDOM.toUpperCase()}`,
    `assets/${RANDOM}/${sha256}.png/x`,
    `assets\\${RANDOM}`,
    `assets/${RANDOM}\n`,
    "",
  ])("%j is no key, so it leads to no path", async (bad) => {
    expect(parseObjectKey(bad)).toBeNull();
    expect(await store.get(bad)).toBeNull();
    await expect(store.put(bad, bytes, "image/png")).rejects.toThrow(/not an object key/);
  });

  test("a half-written file of an earlier process is swept away, a fresh one is left", async () => {
    const old = join(dir, "tmp", "old");
    await writeFile(old, "half");
    const { utimes } = await import("node:fs/promises");
    await utimes(old, new Date(0), new Date(0));
    await writeFile(join(dir, "tmp", "fresh"), "half");
    await openFileStore(options());
    expect(await readdir(join(dir, "tmp"))).toEqual(["fresh"]);
  });

  test("how old a leftover is, is told by the clock that was given", async () => {
    await writeFile(join(dir, "tmp", "left"), "half");
    now = new Date(now.getTime() + 59 * 60_000);
    await openFileStore(options());
    expect(await readdir(join(dir, "tmp"))).toEqual(["left"]);
    now = new Date(now.getTime() + 2 * 60_000);
    await openFileStore(options());
    expect(await readdir(join(dir, "tmp"))).toEqual([]);
  });

  test("a symlink planted as an object's name is not followed out when writing", async () => {
    await store.put(key, bytes, "image/png");
    const path = join(dir, parseObjectKey(key)?.path ?? "");
    await rm(path);
    await symlink("/dev/null", path);
    await expect(store.put(key, bytes, "image/png")).rejects.toThrow(/already holds other bytes/);
  });
});

describe("receiving an upload", () => {
  const raw = `raw/${RANDOM}`;
  const stream = (...parts: string[]) =>
    ReadableStream.from(parts.map((part) => Buffer.from(part)));

  test("takes exactly the declared bytes", async () => {
    expect(await store.access.receive(raw, stream("ab", "cd"), 4)).toEqual({
      kind: "stored",
      bytes: 4,
    });
    expect(Buffer.from((await store.get(raw)) ?? []).toString()).toBe("abcd");
  });

  test.each([
    ["one byte more", ["abcd", "e"], "too-large"],
    ["one byte fewer", ["abc"], "too-small"],
    ["nothing", [], "too-small"],
  ])("%s leaves nothing behind", async (_name, parts, kind) => {
    expect(await store.access.receive(raw, stream(...parts), 4)).toEqual({ kind });
    expect(await store.get(raw)).toBeNull();
    expect(await readdir(join(dir, "tmp"))).toEqual([]);
  });

  test("a stream that breaks leaves nothing behind and does not take the name", async () => {
    async function* broken() {
      yield Buffer.from("ab");
      throw new Error("cut");
    }
    await expect(store.access.receive(raw, broken(), 4)).rejects.toThrow("cut");
    expect(await readdir(join(dir, "tmp"))).toEqual([]);
    expect(await store.access.receive(raw, stream("abcd"), 4)).toMatchObject({ kind: "stored" });
  });

  test("of two at once exactly one is stored, and it is not a mixture", async () => {
    const receipts = await Promise.all([
      store.access.receive(raw, stream("aa", "aa"), 4),
      store.access.receive(raw, stream("bb", "bb"), 4),
    ]);
    expect(receipts.map((receipt) => receipt.kind).toSorted()).toEqual(["stored", "taken"]);
    expect(Buffer.from((await store.get(raw)) ?? []).toString()).toMatch(/^(aaaa|bbbb)$/);
  });
});
