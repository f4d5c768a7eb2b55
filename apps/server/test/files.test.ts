import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { type Asset, type Job, runSweeps, type UploadTicket } from "@ob/api";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, type Guest, ok, signIn } from "./support/caller.ts";
import { expectPlainRefusal } from "./support/expect-refused.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;
let photo: Asset;
let done: Job;

beforeAll(async () => {
  studio = await startStudio();
  guest = await signIn(studio.url);
  photo = await guest.upload(await fixture("rocket.jpg"));
  const job = await guest.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
  done = await waitForJob(guest, job.id);
});
afterAll(async () => studio?.stop());

const declare = async (bytes: number, contentType = "image/png") =>
  ok(await guest.mutate<UploadTicket>("uploads.create", { kind: "image", contentType, bytes }));

const put = (ticket: UploadTicket, body: string, headers = ticket.headers) =>
  fetch(ticket.url, { method: "PUT", headers, body });

describe("a signed PUT", () => {
  test("needs exactly the headers given, no cookie, and answers 200 with an empty body", async () => {
    const ticket = await declare(4);
    const answer = await put(ticket, "abcd");
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  test("works again after a failure, and no more after the one success", async () => {
    const ticket = await declare(4);
    await expectPlainRefusal(await put(ticket, "abc"), { code: "INPUT_INVALID", status: 400 });
    await expectPlainRefusal(await put(ticket, "abcde"), { code: "FILE_TOO_LARGE", status: 413 });
    expect((await put(ticket, "abcd")).status).toBe(200);
    await expectPlainRefusal(await put(ticket, "abcd"), { code: "UPLOAD_NOT_FOUND", status: 404 });
  });

  test("answers 413 beyond the declared bytes also when they are not announced", async () => {
    const ticket = await declare(4);
    const body = ReadableStream.from([Buffer.from("abcd"), Buffer.from("e")]);
    const answer = await fetch(ticket.url, {
      method: "PUT",
      headers: ticket.headers,
      body,
      duplex: "half",
    });
    await expectPlainRefusal(answer, { code: "FILE_TOO_LARGE", status: 413 });
    expect(await leftovers()).toEqual([]);
  });

  test("refuses another content type", async () => {
    const answer = await put(await declare(4), "abcd", { "content-type": "text/html" });
    await expectPlainRefusal(answer, { code: "IMAGE_TYPE_UNSUPPORTED", status: 415 });
  });

  test("is bound to its upload, its time and its signature", async () => {
    const [one, two] = [await declare(4), await declare(4)];
    const forged = { code: "UPLOAD_NOT_FOUND", status: 403 } as const;
    const swapped = one.url.replace(one.uploadId, two.uploadId);
    await expectPlainRefusal(await put({ ...one, url: swapped }, "abcd"), forged);
    const later = one.url.replace(/\/files\/(\d+)/, (_, s) => `/files/${Number(s) + 60}`);
    await expectPlainRefusal(await put({ ...one, url: later }, "abcd"), forged);
    const read = one.url.replace(".put.", ".i.");
    await expectPlainRefusal(await put({ ...one, url: read }, "abcd"), forged);
  });

  test("half-sent and cut leaves nothing behind, and may be tried again", async () => {
    const ticket = await declare(1000);
    const url = new URL(ticket.url);
    const socket = connect(Number(url.port), "127.0.0.1");
    socket.write(
      `PUT ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: image/png\r\ncontent-length: 1000\r\n\r\n${"x".repeat(400)}`,
    );
    await expect.poll(leftovers).toHaveLength(1);
    socket.destroy();
    await once(socket, "close");
    await expect.poll(leftovers).toEqual([]);
    expect((await put(ticket, "y".repeat(1000))).status).toBe(200);
  });

  test("takes a JPEG that was declared as PNG for what it is", async () => {
    const asset = await guest.upload(await fixture("rocket.jpg"), { contentType: "image/png" });
    expect(asset).toMatchObject({ width: 640, height: 427 });
  });

  test("finishing twice, also at once, gives one asset and erases the raw bytes", async () => {
    const bytes = await fixture("rocket.jpg");
    const ticket = await declare(bytes.length, "image/jpeg");
    await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: bytes });
    const { uploadId } = ticket;
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => guest.mutate<Asset>("uploads.finish", { uploadId })),
    );
    const ids = new Set(answers.map((answer) => ok(answer).assetId));
    expect(ids.size).toBe(1);
    const again = ok(await guest.mutate<Asset>("uploads.finish", { uploadId }));
    expect(ids.has(again.assetId)).toBe(true);
    const rows = await studio.database.sql`select object_key from uploads where id = ${uploadId}`;
    expect(await studio.replica.services.store.get(String(rows[0]?.["object_key"]))).toBeNull();
    const [assets] = await studio.database.sql`
      select count(*)::int as n from assets a where not exists
        (select 1 from uploads u where u.asset_id = a.id)`;
    expect(assets?.["n"]).toBe(0);
  });
});

describe("a signed GET", () => {
  test("is an 8-bit PNG of the original's size, cacheable, inert and not sniffable", async () => {
    const answer = await fetch(done.result?.url ?? "");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toMatch(/^private, max-age=\d+, immutable$/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toMatch(/sandbox/);
    expect(answer.headers.get("content-disposition")).toBe("inline");
    const facts = await sharp(await answer.arrayBuffer()).metadata();
    expect(facts).toMatchObject({ width: 640, height: 427, format: "png", depth: "uchar" });
    expect(facts).toMatchObject({ isPalette: false, isProgressive: false });
  });

  test.each([
    ["png", "image/png", "png"],
    ["jpeg", "image/jpeg", "jpg"],
    ["webp", "image/webp", "webp"],
  ])("downloads as %s with a plain file name", async (format, type, extension) => {
    const answer = await fetch(`${done.result?.downloadUrl}?format=${format}`);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("content-disposition")).toMatch(
      new RegExp(`^attachment; filename="ob-ai-studio-[0-9a-f]{8}\\.${extension}"$`),
    );
    const facts = await sharp(await answer.arrayBuffer()).metadata();
    expect(facts).toMatchObject({ width: 640, height: 427, format: format });
  });

  test("an unknown format is INPUT_INVALID", async () => {
    const answer = await fetch(`${done.result?.downloadUrl}?format=exe`);
    await expectPlainRefusal(answer, { code: "INPUT_INVALID", status: 400 });
  });

  test("a format that cannot hold so long a side is INPUT_INVALID, not a crash", async () => {
    const strip = sharp({ create: { width: 16_384, height: 2, channels: 3, background: "#369" } });
    const bytes = new Uint8Array(await strip.png().toBuffer());
    const { assetId } = await guest.upload(bytes, { contentType: "image/png" });
    const [row] = await studio.database.sql`select object_key from assets where id = ${assetId}`;
    const url = `${studio.url}/files/0.i.AAAA/${String(row?.["object_key"])}`;
    const headers = { authorization: `Bearer ${guest.token}` };
    const webp = await fetch(`${url}?format=webp`, { headers });
    await expectPlainRefusal(webp, { code: "INPUT_INVALID", status: 400 });
    const jpeg = await fetch(`${url}?format=jpeg`, { headers });
    expect((await sharp(await jpeg.arrayBuffer()).metadata()).width).toBe(16_384);
  });

  test("answers 304 to its ETag and only headers to HEAD", async () => {
    const head = await fetch(photo.previewUrl, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(1000);
    expect(await head.text()).toBe("");
    const etag = head.headers.get("etag") ?? "";
    const cached = await fetch(photo.previewUrl, { headers: { "if-none-match": etag } });
    expect(cached.status).toBe(304);
  });

  test("the preview is WebP of at most 1024 px", async () => {
    const facts = await sharp(await (await fetch(photo.previewUrl)).arrayBuffer()).metadata();
    expect(facts.format).toBe("webp");
    expect(Math.max(facts.width, facts.height)).toBeLessThanOrEqual(1024);
  });

  test.each([
    ["another key", (url: string) => url.replace(/.(\.png)$/, "0$1").replace(/0(\.png)$/, "1$1")],
    [
      "another expiry",
      (url: string) => url.replace(/\/files\/(\d+)/, (_, s) => `/files/${Number(s) + 600}`),
    ],
    ["another disposition", (url: string) => url.replace(".i.", ".a.")],
    ["no signature", (url: string) => url.replace(/(\/files\/\d+\.i\.)[^/]+/, "$1")],
    ["a cut signature", (url: string) => url.replace(/(\/files\/\d+\.i\.[^/]{20})[^/]+/, "$1")],
  ])("with %s is refused", async (_name, tamper) => {
    const url = done.result?.url ?? "";
    const changed = tamper(url);
    expect(changed).not.toBe(url);
    await expectPlainRefusal(await fetch(changed), { code: "ASSET_NOT_FOUND", status: 403 });
  });

  test.each([
    "/files/x",
    "/files/1.i.x/..%2f..%2f..%2fetc%2fpasswd",
    "/files/1.i.x/raw/0123",
    "/files/",
  ])("%s is not found", async (path) => {
    const answer = await fetch(`${studio.url}${path}`);
    await expectPlainRefusal(answer, { code: "ASSET_NOT_FOUND", status: 404 });
  });

  test("after the job was deleted its picture is gone, though the signature is good", async () => {
    const other = await guest.upload(await fixture("chelsea.png"), { contentType: "image/png" });
    const job = await guest.createJob({ imageAssetId: other.assetId, prompt: "blue" });
    const ended = await waitForJob(guest, job.id);
    expect((await fetch(ended.result?.url ?? "")).status).toBe(200);
    ok(await guest.mutate("jobs.delete", { jobId: job.id }));
    const gone = async () => {
      await runSweeps(studio.replica.services);
      return (await fetch(ended.result?.url ?? "")).status;
    };
    await expect.poll(gone).toBe(404);
  });
});

async function leftovers(): Promise<string[]> {
  return readdir(join(studio.dataDir, "files", "tmp"));
}
