import { describe, expect, test } from "vitest";

import { downloadTest } from "../test/support/download-test.ts";
import { GpuUnavailable } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";

const { failures, options } = downloadTest();
const signal = new AbortController().signal;

describe("a link is refused unasked", () => {
  const strict = options({
    hosts: ["bucket.test", "*.r2.test"],
    allowPlain: false,
    allowLoopback: false,
    resolve: () => Promise.reject(new Error("nobody may ask")),
  });

  test.each([
    "http://bucket.test/p.png",
    "ftp://bucket.test/p.png",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "https://user@bucket.test/p.png",
    "https://user:key@bucket.test/p.png",
    "https://:key@bucket.test/p.png",
    "https://bucket.test:8443/p.png",
    "https://bucket.test./p.png",
    "https://other.test/p.png",
    "https://bucket.test.evil.test/p.png",
    "https://evil.test/bucket.test/p.png",
    "https://evil.test#bucket.test",
    "https://evil.test\\@bucket.test/p.png",
    "https://bucket.test@evil.test/p.png",
    "https://xbucket.test/p.png",
    "https://a.bucket.test/p.png",
    "https://r2.test/p.png",
    "https://.r2.test/p.png",
    "https://a.r2.test.evil.test/p.png",
    "//bucket.test/p.png",
    "bucket.test/p.png",
    "",
  ])("%j", async (url) => {
    expect((await fetchFile(url, strict, signal)).kind).toBe("refused");
    expect(failures).toMatchObject([{ cause: "address-refused", response: null }]);
  });

  test.each(["https://bucket.test/p.png", "https://BUCKET.test:443/p", "https://a.b.r2.test/p"])(
    "but not %j",
    async (url) => {
      await expect(fetchFile(url, strict, signal)).rejects.toBeInstanceOf(GpuUnavailable);
    },
  );
});
