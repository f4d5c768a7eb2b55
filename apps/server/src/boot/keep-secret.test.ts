import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSecret } from "./keep-secret.ts";
import { loadAuthSecret } from "./load-auth-secret.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "ob-secret-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test("a secret is made once, readable by its owner only, and leaves nothing beside it", async () => {
  const path = join(dir, "deep/secret");
  expect(await keepSecret(path, () => "one")).toBe("one");
  expect(await keepSecret(path, () => "two")).toBe("one");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(dir, "deep"))).toEqual(["secret"]);
});

test("however many make it at once, all get the one that is kept, and none an empty one", async () => {
  const path = join(dir, "secret");
  const makers = Array.from({ length: 24 }, (_, n) => keepSecret(path, () => `secret ${n}`));
  const given = new Set(await Promise.all(makers));
  expect([...given]).toEqual([await readFile(path, "utf8")]);
  expect(await readdir(dir)).toEqual(["secret"]);
});

test("an empty file is no secret", async () => {
  const path = join(dir, "secret");
  await writeFile(path, "");
  await expect(keepSecret(path, () => "one")).rejects.toThrow(/holds no usable secret/);
});

test("replicas that boot together sign with one secret", async () => {
  let drawn = 0;
  const bytes = (size: number) => new Uint8Array(size).fill((drawn += 1));
  const secrets = await Promise.all(Array.from({ length: 12 }, () => loadAuthSecret(dir, bytes)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
});

test("a secret that is too short is refused by its path, not by its value", async () => {
  await writeFile(join(dir, "auth-secret"), "hunter2");
  const loading = loadAuthSecret(dir, (size) => new Uint8Array(size));
  await expect(loading).rejects.toThrow(/auth-secret holds no usable secret/);
  await expect(loading).rejects.not.toThrow(/hunter2/);
});
