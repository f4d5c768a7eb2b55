import { once } from "node:events";
import { createServer, type Server } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { downloadTest, portOf } from "../test/support/download-test.ts";
import { inwardSpellings } from "../test/support/inward-spellings.ts";
import { bareHost } from "./check-picture-url.ts";
import { GpuUnavailable } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";

const { options } = downloadTest();
const signal = new AbortController().signal;

describe("an inward address", () => {
  const listeners: Server[] = [];
  const perListener = [0, 0, 0];
  let connections = 0;
  let port = 0;

  // Real sockets on one port of this machine's addresses: whoever gets through is counted.
  beforeAll(async () => {
    for (const [index, host] of ["127.0.0.1", "127.1.2.3", "::1"].entries()) {
      const server = createServer((socket) => {
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

  test("is connected to by none of its spellings, though its host is expected", async () => {
    const spellings = inwardSpellings();
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
