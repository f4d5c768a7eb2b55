import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpEnv } from "./caller.ts";
import { pageCsp } from "./security-headers.ts";
import { createSpa } from "./spa.ts";

const SCRIPT = "console.log('studio');\n".repeat(100);
let root: string;
let app: Hono<HttpEnv>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "ob-spa-"));
  const web = join(root, "web");
  await mkdir(join(web, "assets"), { recursive: true });
  await writeFile(join(root, "secret.txt"), "outside");
  await writeFile(join(web, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(web, "favicon.svg"), "<svg/>");
  await writeFile(join(web, "assets", "index-abc123.js"), SCRIPT);
  app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "test-request");
    await next();
  });
  app.get("/*", createSpa(web, null));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe("the web app", () => {
  test.each(["/", "/jobs", "/services/qwen-image-edit", "/a/b.c/d", "/index.html"])(
    "%s is the page, never cached, with its policy",
    async (path) => {
      const answer = await get(path);
      expect(await answer.text()).toContain("<title>page</title>");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
    },
  );

  test("hashed files are cached for ever, others for minutes", async () => {
    const hashed = await get("/assets/index-abc123.js");
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const icon = await get("/favicon.svg");
    expect(icon.headers.get("cache-control")).toBe("public, max-age=300");
    expect(icon.headers.get("content-type")).toBe("image/svg+xml");
  });

  test.each([
    ["br, gzip", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["identity", null],
  ])("Accept-Encoding %j gives %s, the same text", async (accepted, encoding) => {
    const answer = await get("/assets/index-abc123.js", { "accept-encoding": accepted });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.headers.get("content-length")).toBe(String(bytes.length));
    const text =
      encoding === "br"
        ? brotliDecompressSync(bytes)
        : encoding === "gzip"
          ? gunzipSync(bytes)
          : bytes;
    expect(text.toString()).toBe(SCRIPT);
  });

  test("a file that was built anew is served anew", async () => {
    const path = join(root, "web", "fresh.txt");
    await writeFile(path, "one");
    expect(await (await get("/fresh.txt")).text()).toBe("one");
    await writeFile(path, "two");
    await utimes(path, new Date(0), new Date(0));
    expect(await (await get("/fresh.txt")).text()).toBe("two");
  });

  test("a missing script is 404, not a page", async () => {
    expect((await get("/assets/gone-000.js")).status).toBe(404);
  });

  test.each([
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/%00.txt",
    "/%zz.txt",
  ])("%s does not leave the folder", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain("outside");
  });

  test("before the first build it says what to do", async () => {
    const empty = new Hono<HttpEnv>().get("/*", createSpa(join(root, "nothing"), null));
    const answer = await empty.request("/");
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining("npm run build"),
    ]);
  });
});

test("pages may fetch from and show pictures of the bucket, where there is one, and nowhere else", () => {
  const bucket = "https://account.r2.cloudflarestorage.com";
  const naming = (origin: string | null) =>
    pageCsp(origin)
      .split("; ")
      .filter((rule) => rule.includes("https:"));
  expect(naming(null)).toEqual([]);
  expect(naming(bucket)).toEqual([
    `img-src 'self' blob: data: ${bucket}`,
    `connect-src 'self' ${bucket}`,
  ]);
});
