import type { RequestListener } from "node:http";

import { describe, expect, test } from "vitest";

import { downloadTest, PNG, withBucket } from "../test/support/download-test.ts";
import { GpuUnavailable } from "./errors.ts";
import { fetchFile } from "./fetch-file.ts";

const { failures, options } = downloadTest();
const signal = new AbortController().signal;

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
