import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { downloadTest, PNG, withBucket } from "../test/support/download-test.ts";
import { GpuUnavailable } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";

const { failures, options } = downloadTest();
const signal = new AbortController().signal;

describe("a download", () => {
  test("is bounded by what it says it holds", async () => {
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-length": "9000000" });
      response.write(PNG);
    };
    await withBucket(answer, async (origin) => {
      expect((await fetchFile(`${origin}/p.png`, options(), signal)).kind).toBe("refused");
    });
    expect(failures).toMatchObject([{ cause: "picture-too-large" }]);
  });

  test("is bounded by what it sends, though it says nothing or never ends", async () => {
    let sent = 0;
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" });
      const more = (): void => {
        while (!response.destroyed && response.write(PNG)) sent += PNG.byteLength;
      };
      response.on("drain", more);
      more();
    };
    await withBucket(answer, async (origin) => {
      const fetched = await fetchFile(`${origin}/p.png`, options({ maxBytes: 200_000 }), signal);
      expect(fetched).toEqual({
        kind: "refused",
        reason: "A picture is larger than 200000 bytes.",
      });
    });
    // What the system's buffers took besides.
    expect(sent).toBeLessThan(50_000_000);
  });

  test("takes exactly as many bytes as it may", async () => {
    await withBucket(
      (_request, response) => response.end(PNG),
      async (origin) => {
        const exactly = options({ maxBytes: PNG.byteLength });
        expect((await fetchFile(`${origin}/p.png`, exactly, signal)).kind).toBe("fetched");
        const less = options({ maxBytes: PNG.byteLength - 1 });
        expect((await fetchFile(`${origin}/p.png`, less, signal)).kind).toBe("refused");
      },
    );
  });

  test("is never unpacked: a bomb stays small", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const answer: RequestListener = (_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    await withBucket(answer, async (origin) => {
      const reason = "A picture came compressed.";
      expect(await fetchFile(`${origin}/p.png`, options(), signal)).toEqual({
        kind: "refused",
        reason,
      });
    });
  });

  test.each([
    ["breaks off", { "content-length": String(PNG.byteLength * 2) }],
    ["breaks off between chunks", { "transfer-encoding": "chunked" }],
  ])("that %s may be tried again", async (_, headers) => {
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, headers);
      response.write(PNG, () => response.socket?.destroy());
    };
    await withBucket(answer, async (origin) => {
      const fetching = fetchFile(`${origin}/p.png`, options(), signal);
      await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
    });
    expect(failures).toMatchObject([{ cause: "connection-lost" }]);
  });

  test("that trickles is ended, though every byte comes in time", async () => {
    let dripping: NodeJS.Timeout | undefined;
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200);
      response.write(PNG.subarray(0, 16));
      dripping = setInterval(() => response.write("x"), 5);
    };
    await withBucket(answer, async (origin) => {
      const slow = options({ rateWindowMs: 60, minBytesPerSecond: 100_000 });
      const fetching = fetchFile(`${origin}/p.png`, slow, signal);
      await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
    });
    clearInterval(dripping);
    expect(failures).toMatchObject([{ cause: "timeout" }]);
  });

  test.each([
    ["before its head", false],
    ["after its head", true],
  ])("that stalls %s ends when its time is over", async (_, hasHead) => {
    const answer: RequestListener = (_request, response) => {
      if (hasHead) response.writeHead(200).flushHeaders();
    };
    await withBucket(answer, async (origin) => {
      const fetching = fetchFile(`${origin}/p.png`, options({ timeoutMs: 80 }), signal);
      await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
    });
    expect(failures).toMatchObject([{ cause: "timeout" }]);
  });

  test("ends with the caller's own reason when the caller gives up, and nothing is reported", async () => {
    const reason = new Error("the driver stops");
    const controller = new AbortController();
    await withBucket(
      () => controller.abort(reason),
      async (origin) => {
        const fetching = fetchFile(`${origin}/p.png`, options(), controller.signal);
        await expect(fetching).rejects.toBe(reason);
      },
    );
    expect(failures).toEqual([]);
  });

  test.each([
    ["has no address", async () => [], "refused", "address-refused"],
    [
      "is not known",
      () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })),
      "later",
      "dns",
    ],
    ["is never found", () => new Promise<string[]>(() => undefined), "later", "timeout"],
  ] as const)("from a host that %s is %s", async (_, resolve, kind, cause) => {
    const over = options({ resolve, timeoutMs: 80 });
    const fetching = fetchFile("https://bucket.test/p.png", over, signal);
    if (kind === "later") await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
    else expect((await fetching).kind).toBe("refused");
    expect(failures).toMatchObject([{ cause }]);
  });

  test("reports no signature of its link", async () => {
    const url = "https://bucket.test/p.png?X-Amz-Signature=0123456789abcdef&X-Amz-Expires=60";
    await fetchFile(url, options({ resolve: async () => ["10.0.0.1"] }), signal);
    expect(failures).toMatchObject([
      { request: { url: "https://bucket.test/p.png?X-Amz-Signature=[secret]&X-Amz-Expires=60" } },
    ]);
    expect(JSON.stringify(failures)).not.toContain("0123456789abcdef");
  });
});
