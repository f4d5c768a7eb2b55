import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { gzipSync } from "node:zlib";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { bareHost } from "./check-picture-url.ts";
import { GpuUnavailable } from "./errors.ts";
import type { FailedExchange } from "./exchange.ts";
import { fetchFile, type FetchFileOptions } from "./fetch-file.ts";
import { exchangeRecorder } from "./record-exchange.ts";

const PNG = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  Buffer.alloc(50_000, 7),
]);

const failures: FailedExchange[] = [];
afterEach(() => failures.splice(0));

const recorder = exchangeRecorder({
  backend: "runpod:ep1",
  onFailedExchange: (exchange) => failures.push(exchange),
  now: Date.now,
  secrets: [],
});

function options(over: Partial<FetchFileOptions> = {}): FetchFileOptions {
  return {
    hosts: ["127.0.0.1", "bucket.test"],
    allowPlain: true,
    allowLoopback: true,
    maxBytes: 1_000_000,
    timeoutMs: 20_000,
    resolve: async () => ["127.0.0.1"],
    recorder,
    filePrefix: "ob-1",
    ...over,
  };
}

const signal = new AbortController().signal;

/** A bucket on this machine that answers as it is told. */
async function withBucket<T>(
  answer: RequestListener,
  visit: (origin: string, asked: () => number) => Promise<T>,
): Promise<T> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    response.on("error", () => undefined);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await visit(`http://127.0.0.1:${portOf(server)}`, () => asked);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
}

function portOf(server: Pick<Server, "address">): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("a picture behind a link", () => {
  test("comes back byte for byte, asked for without a key and uncompressed", async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    await withBucket(
      (request, response) => {
        headers = request.headers;
        response.end(PNG);
      },
      async (origin) => {
        const url = `${origin}/a%20b/ob-1.png?X-Amz-Signature=abc`;
        const fetched = await fetchFile(url, options(), signal);
        expect(fetched).toEqual({ kind: "fetched", bytes: PNG, type: "image/png" });
      },
    );
    expect(headers["accept-encoding"]).toBe("identity");
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("cookie");
    expect(failures).toEqual([]);
  });

  test("is found by its host's name, which is sent on", async () => {
    let host: string | undefined;
    await withBucket(
      (request, response) => {
        host = request.headers.host;
        response.end(PNG);
      },
      async (origin) => {
        const port = new URL(origin).port;
        await fetchFile(`http://bucket.test:${port}/ob-1.png`, options(), signal);
        expect(host).toBe(`bucket.test:${port}`);
      },
    );
  });

  test.each([
    ["a page with 200", "text/html", "<html>Please log in</html>", "html-answer"],
    ["a page that calls itself a picture", "image/png", "<!doctype html>", "html-answer"],
    ["a GIF", "image/gif", "GIF89a", "not-a-picture"],
    ["an SVG", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture"],
    ["nothing", "image/png", "", "not-a-picture"],
  ])("is refused when it is %s", async (_, type, body, cause) => {
    const answer: RequestListener = (_request, response) =>
      response.writeHead(200, { "content-type": type }).end(body);
    await withBucket(answer, async (origin) => {
      const fetched = await fetchFile(`${origin}/ob-1.png`, options(), signal);
      expect(fetched.kind).toBe("refused");
    });
    expect(failures).toMatchObject([{ operation: "download", cause, filePrefix: "ob-1" }]);
  });

  test.each([
    [400, "refused", "bad-request"],
    [401, "refused", "link-refused"],
    [403, "refused", "link-refused"],
    [404, "refused", "picture-gone"],
    [410, "refused", "picture-gone"],
    [204, "refused", "unreadable-answer"],
    [408, "later", "timeout"],
    [425, "later", "bad-request"],
    [429, "later", "rate-limited"],
    [500, "later", "overloaded"],
    [503, "later", "overloaded"],
  ])("that is answered with %i is %s", async (status, kind, cause) => {
    await withBucket(
      (_request, response) => response.writeHead(status).end(),
      async (origin) => {
        const fetching = fetchFile(`${origin}/ob-1.png`, options(), signal);
        if (kind === "later") await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
        else expect((await fetching).kind).toBe("refused");
      },
    );
    expect(failures).toMatchObject([{ cause, response: { status } }]);
  });

  test.each([301, 302, 303, 307, 308])("is not followed elsewhere: %i", async (status) => {
    await withBucket(
      (_request, response) => response.end(PNG),
      async (elsewhere, asked) => {
        const answer: RequestListener = (_request, response) =>
          response.writeHead(status, { location: `${elsewhere}/ob-1.png` }).end();
        await withBucket(answer, async (origin) => {
          expect((await fetchFile(`${origin}/ob-1.png`, options(), signal)).kind).toBe("refused");
        });
        expect(asked()).toBe(0);
      },
    );
    expect(failures).toMatchObject([{ cause: "redirect" }]);
  });
});

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

describe("an inward address", () => {
  const listeners: Server[] = [];
  const perListener = [0, 0, 0];
  let connections = 0;
  let port = 0;

  // Real sockets on one port of this machine's addresses: whoever gets through is counted.
  beforeAll(async () => {
    for (const [index, host] of ["127.0.0.1", "127.1.2.3", "::1"].entries()) {
      const server = createTcpServer((socket) => {
        connections += 1;
        perListener[index] = (perListener[index] ?? 0) + 1;
        socket.destroy();
      });
      server.listen(port, host);
      await once(server, "listening");
      listeners.push(server);
      port = portOf(server);
    }
  });
  afterAll(() => {
    for (const server of listeners) server.close();
  });

  /** Its spellings as an address of the URL: everything a parser may take for a number. */
  function spellingsOf(ip: string): string[] {
    const [a = 0, b = 0, c = 0, d = 0] = ip.split(".").map(Number);
    const whole = ((a * 256 + b) * 256 + c) * 256 + d;
    const hex = (n: number): string => `0x${n.toString(16)}`;
    const octal = (n: number): string => `0${n.toString(8)}`;
    const wide = (text: string): string =>
      text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const circled = (text: string): string =>
      text.replaceAll(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1));
    const last16 = c * 256 + d;
    const last24 = b * 65_536 + last16;
    const pair = (high: number, low: number): string => ((high << 8) | low).toString(16);
    const tail = `${pair(a, b)}:${pair(c, d)}`;
    return [
      ip,
      `${ip}.`,
      `${whole}`,
      hex(whole),
      hex(whole).toUpperCase().replace("X", "x"),
      octal(whole),
      [a, b, c, d].map(hex).join("."),
      [a, b, c, d].map(octal).join("."),
      [a, b, c, d].map((n) => `0x00000${n.toString(16)}`).join("."),
      [a, b, c, d].map((n) => `00000${n.toString(8)}`).join("."),
      `${hex(a)}.${b}.${octal(c)}.${d}`,
      `${a}.${last24}`,
      `${a}.${b}.${last16}`,
      `${hex(a)}.${hex(last24)}`,
      `${octal(a)}.${octal(b)}.${hex(last16)}`,
      wide(ip),
      wide(`${whole}`),
      circled(ip),
      ip.replaceAll(".", "。"),
      ip.replaceAll(".", "．"),
      ip.replaceAll(".", "｡"),
      ip.replaceAll(".", "%2e"),
      Array.from(ip, (letter) => `%${letter.codePointAt(0)?.toString(16)}`).join(""),
      `[::ffff:${ip}]`,
      `[::ffff:${tail}]`,
      `[0:0:0:0:0:ffff:${tail}]`,
      `[0000:0000:0000:0000:0000:FFFF:${tail}]`,
      `[::${ip}]`,
      `[::${tail}]`,
      `[::ffff:0:${tail}]`,
      `[64:ff9b::${ip}]`,
      `[64:ff9b::${tail}]`,
      `[64:ff9b:1::${tail}]`,
      `[2002:${tail}::1]`,
      `[2001:0:${tail}::]`,
      `expected.test@${ip}`,
      `expected.test:80@${ip}`,
      `${ip}#@expected.test`,
      `${ip}\\@expected.test`,
    ];
  }

  const INWARD = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "0.0.0.1",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
  ];
  const OTHERS = [
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fec0::1]",
    "[ff02::1]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ⓛocalhost",
    "foo.localhost",
    "ip6-localhost",
    "ip6-loopback",
    "0",
    "0x0",
    "00",
    "127.1",
    "127.0.1",
  ];

  test("is connected to by none of its spellings, though its host is expected", async () => {
    const spellings = [...INWARD.flatMap(spellingsOf), ...OTHERS];
    expect(new Set(spellings).size).toBeGreaterThan(500);
    // Any port and plain http, as no production has them: only the address itself is in the way.
    let refused = 0;
    for (const spelling of spellings) {
      for (const origin of [`http://${spelling}:${port}`, `https://${spelling}`]) {
        const url = `${origin}/ob-1.png`;
        const host = URL.canParse(url) ? bareHost(new URL(url)) : spelling;
        const fetched = await fetchFile(
          url,
          options({ hosts: [host], allowLoopback: false }),
          signal,
        );
        refused += fetched.kind === "refused" ? 1 : 0;
      }
    }
    expect(refused).toBe(2 * spellings.length);
    expect(connections).toBe(0);
  });

  test("is refused when it stands among public ones", async () => {
    for (const inward of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "fe80::1"]) {
      const over = options({ allowLoopback: false, resolve: async () => ["8.8.8.8", inward] });
      const fetched = await fetchFile(`http://bucket.test:${port}/p.png`, over, signal);
      expect(fetched.kind).toBe("refused");
    }
    expect(connections).toBe(0);
  });

  test("is not reached by a name that changes its mind: it is asked once, and that answer is used", async () => {
    const answers = [["127.1.2.3"], ["127.0.0.1"]];
    let asked = 0;
    const resolve = async (): Promise<string[]> => answers[asked++] ?? [];
    const before = [...perListener];
    const fetching = fetchFile(`http://bucket.test:${port}/p.png`, options({ resolve }), signal);
    await expect(fetching).rejects.toBeInstanceOf(GpuUnavailable);
    expect(asked).toBe(1);
    expect(perListener).toEqual([before[0], (before[1] ?? 0) + 1, before[2]]);
  });
});
