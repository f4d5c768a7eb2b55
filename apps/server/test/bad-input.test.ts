import type { Asset, Job, UploadTicket } from "@ob/api";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, fixture, type Guest, mutate, ok, query, signIn } from "./support/caller.ts";
import { expectRefused } from "./support/expect-refused.ts";
import { REFUSED_INPUTS } from "./support/refused-inputs.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { UNUSABLE_FILES } from "./support/unusable-files.ts";

let studio: Studio;
let guest: Guest;
let photo: Asset;

beforeAll(async () => {
  studio = await startStudio();
  guest = await signIn(studio.url);
  photo = await guest.upload(await fixture("rocket.jpg"));
});
afterAll(async () => studio?.stop());

/** Rows a refused call must not have made. */
async function footprint(): Promise<unknown> {
  const [counts] = await studio.database.sql`
    select (select count(*) from jobs)::int as jobs,
      (select count(*) from credit_transfers)::int as transfers,
      (select count(*) from idempotency_keys)::int as keys,
      (select count(*) from job_events)::int as events`;
  return { counts, balance: await guest.balance() };
}

describe("a file that cannot be used is refused at the declaration or at the end of the upload", () => {
  test.each(UNUSABLE_FILES)("%s", async (_name, make, contentType, code, status) => {
    const before = await footprint();
    const bytes = await make();
    const created = await guest.mutate<UploadTicket>("uploads.create", {
      kind: "image",
      contentType,
      bytes: bytes.length,
    });
    if (created.status !== 200) {
      expectRefused(created, { code, status });
    } else {
      const { url, headers, uploadId } = created.data;
      const put = await fetch(url, { method: "PUT", headers, body: new Uint8Array(bytes) });
      expect(put.status).toBe(200);
      const finished = await guest.mutate("uploads.finish", { uploadId });
      expectRefused(finished, { code, status, field: "uploadId" });
      // The same answer again, not another one.
      expectRefused(await guest.mutate("uploads.finish", { uploadId }), { code, status });
    }
    expect(await footprint()).toEqual(before);
  });

  test("an upload that was never PUT is not there to finish", async () => {
    const declared = { kind: "image", contentType: "image/png", bytes: 10 };
    const { uploadId } = ok(await guest.mutate<UploadTicket>("uploads.create", declared));
    const finished = await guest.mutate("uploads.finish", { uploadId });
    expectRefused(finished, { code: "UPLOAD_NOT_FOUND", status: 404, field: "uploadId" });
  });
});

describe("a job that cannot be made costs nothing and leaves nothing", () => {
  const base = () => ({ imageAssetId: photo.assetId, prompt: "เปลี่ยนเป็นสีฟ้า" });

  test.each(REFUSED_INPUTS)(
    "%s: quote and create refuse alike",
    async (_name, makeInput, code, status) => {
      const input = await makeInput({ base, mask, foreignAssetId });
      const before = await footprint();
      const service = "qwen-image-edit";
      const requestId = crypto.randomUUID();
      expectRefused(await guest.query("jobs.quote", { service, input }), { code, status });
      expectRefused(await guest.mutate("jobs.create", { requestId, service, input }), {
        code,
        status,
      });
      expect(await footprint()).toEqual(before);
    },
  );

  test.each(["options", "params"])(
    "%s by a name that objects inherit is refused",
    async (field) => {
      const before = await footprint();
      const asset = JSON.stringify(photo.assetId);
      const input = `{"imageAssetId":${asset},"prompt":"blue","${field}":{"__proto__":"b"}}`;
      const answer = await call(`${studio.url}/api/trpc/jobs.create`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${guest.token}` },
        body: `{"requestId":"${crypto.randomUUID()}","service":"qwen-image-edit","input":${input}}`,
      });
      expectRefused(answer, { code: "INPUT_INVALID", status: 400, field: `input.${field}` });
      expect(await footprint()).toEqual(before);
    },
  );

  test("an unknown service", async () => {
    const before = await footprint();
    const answer = await guest.mutate("jobs.create", {
      requestId: crypto.randomUUID(),
      service: "time-travel",
      input: base(),
    });
    expectRefused(answer, { code: "SERVICE_UNKNOWN", status: 404 });
    expect(await footprint()).toEqual(before);
  });

  test("a price that is not the one quoted", async () => {
    const before = await footprint();
    const answer = await guest.mutate("jobs.create", {
      requestId: crypto.randomUUID(),
      service: "qwen-image-edit",
      input: base(),
      quotedCredits: 1,
    });
    expectRefused(answer, { code: "PRICE_CHANGED", status: 409 });
    expect(await footprint()).toEqual(before);
  });

  test("no credits left", async () => {
    const poor = await signIn(studio.url);
    const picture = await poor.upload(await fixture("rocket.jpg"));
    const input = { imageAssetId: picture.assetId, prompt: "blue", mode: "quality" };
    await poor.createJob(input);
    await poor.createJob(input);
    const third = await poor.mutate("jobs.create", {
      requestId: crypto.randomUUID(),
      service: "qwen-image-edit",
      input,
    });
    expectRefused(third, { code: "INSUFFICIENT_CREDITS", status: 402 });
    expect((await poor.query<{ items: Job[] }>("jobs.list", {})).data.items).toHaveLength(2);
  });

  test("the same request id gives the first answer byte for byte, and refuses another body", async () => {
    const twin = await signIn(studio.url);
    const picture = await twin.upload(await fixture("rocket.jpg"));
    const request = {
      requestId: crypto.randomUUID(),
      service: "qwen-image-edit",
      input: { imageAssetId: picture.assetId, prompt: "blue" },
    };
    const first = await twin.mutate<Job>("jobs.create", request);
    ok(first);
    const reordered = {
      input: { prompt: "blue", imageAssetId: picture.assetId },
      service: request.service,
      requestId: request.requestId,
    };
    expect((await twin.mutate("jobs.create", reordered)).text).toBe(first.text);
    const other = { ...request, input: { ...request.input, prompt: "red" } };
    const answer = await twin.mutate("jobs.create", other);
    expectRefused(answer, { code: "REQUEST_ID_REUSED", status: 409 });
    expect((await twin.query<{ items: Job[] }>("jobs.list", {})).data.items).toHaveLength(1);
  });
});

describe("a call that is no call", () => {
  test.each([
    ["GET", true],
    ["GET", false],
    ["POST", true],
    ["POST", false],
  ])("an unknown procedure by %s (session: %s) is PROCEDURE_UNKNOWN", async (method, signedIn) => {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      ...(signedIn ? { authorization: `Bearer ${guest.token}` } : {}),
    };
    const init = { method, headers, ...(method === "POST" ? { body: "{}" } : {}) };
    for (const path of ["jobs.explode", "constructor", "__proto__", "jobs", ""]) {
      const answer = await call(`${studio.url}/api/trpc/${path}`, init);
      expectRefused(answer, { code: "PROCEDURE_UNKNOWN", status: 404 });
    }
  });

  test.each([
    ["malformed JSON", { method: "POST", body: "{" }, 400],
    ["no JSON at all", { method: "POST", body: "" }, 400],
    ["a GET of a mutation", { method: "GET" }, 405],
    ["a PUT", { method: "PUT", body: "{}" }, 405],
  ])("%s is INPUT_INVALID with tRPC's own status", async (_name, init, status) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${guest.token}` };
    const answer = await call(`${studio.url}/api/trpc/jobs.create`, { ...init, headers });
    expectRefused(answer, { code: "INPUT_INVALID", status });
  });

  test("a form instead of JSON is INPUT_INVALID", async () => {
    const headers = { "content-type": "text/plain", authorization: `Bearer ${guest.token}` };
    const init = { method: "POST", headers, body: "{}" };
    const answer = await call(`${studio.url}/api/trpc/jobs.create`, init);
    expectRefused(answer, { code: "INPUT_INVALID", status: 415 });
  });

  test("a batch of ten passes, of eleven is BATCH_TOO_LARGE as a whole", async () => {
    const paths = (count: number) => Array.from({ length: count }, () => "services.list").join(",");
    const ten = await call(`${studio.url}/api/trpc/${paths(10)}?batch=1&input=%7B%7D`, {});
    expect(ten.status).toBe(200);
    const eleven = await call(`${studio.url}/api/trpc/${paths(11)}?batch=1&input=%7B%7D`, {});
    expectRefused(eleven, { code: "BATCH_TOO_LARGE", status: 400 });
  });

  test("one unknown call in a batch fails alone, in our shape", async () => {
    const url = `${studio.url}/api/trpc/services.list,nothing.here?batch=1&input=%7B%7D`;
    const answer = await fetch(url);
    const body: unknown = await answer.json();
    expect(body).toMatchObject([
      { result: {} },
      { error: { data: { app: { code: "PROCEDURE_UNKNOWN" }, httpStatus: 404 } } },
    ]);
  });

  test.each(["POST", "HEAD", "PUT", "DELETE"])(
    "a stream by %s is refused with 405",
    async (method) => {
      const headers = {
        "content-type": "application/json",
        authorization: `Bearer ${guest.token}`,
      };
      const init = { method, headers, ...(method === "HEAD" ? {} : { body: "{}" }) };
      const answer = await call(`${studio.url}/api/trpc/jobs.onUpdate`, init);
      if (method === "HEAD") expect([answer.status, answer.text]).toEqual([405, ""]);
      else expectRefused(answer, { code: "INPUT_INVALID", status: 405 });
    },
  );

  test("a stream inside a batch is refused", async () => {
    const headers = { authorization: `Bearer ${guest.token}` };
    const path = "services.list,jobs.onUpdate?batch=1&input=%7B%7D";
    const answer = await call(`${studio.url}/api/trpc/${path}`, { headers });
    expectRefused(answer, { code: "INPUT_INVALID", status: 400 });
  });

  test.each(["services.list", "jobs.list", "jobs.create", "jobs.explode"])(
    "HEAD of %s is answered without a body and is no failure of ours",
    async (path) => {
      const headers = { authorization: `Bearer ${guest.token}` };
      const answer = await call(`${studio.url}/api/trpc/${path}`, { method: "HEAD", headers });
      expect(answer.text).toBe("");
      expect(answer.status).toBeLessThan(500);
    },
  );

  const cursorOf = (createdAt: string) =>
    Buffer.from(JSON.stringify([createdAt, crypto.randomUUID()])).toString("base64url");
  test.each([
    ["a search with U+0000", { search: "a\u0000b" }, "search"],
    ["a search with a line break", { search: "a\nb" }, "search"],
    ["a cursor of the year 0", { cursor: cursorOf("0000-01-01T00:00:00.000Z") }, "cursor"],
    ["a cursor of a day that is none", { cursor: cursorOf("2026-02-30T00:00:00.000Z") }, "cursor"],
    ["a cursor of nonsense", { cursor: "%%%" }, "cursor"],
  ])("a list with %s is INPUT_INVALID", async (_name, input, field) => {
    const answer = await guest.query("jobs.list", input);
    expectRefused(answer, { code: "INPUT_INVALID", status: 400, field });
  });

  test("a body over the limit is INPUT_INVALID with 413", async () => {
    const answer = await guest.mutate("jobs.create", { junk: "x".repeat(300_000) });
    expectRefused(answer, { code: "INPUT_INVALID", status: 413 });
  });

  test("a foreign Origin is ORIGIN_REFUSED before anything is looked at", async () => {
    const headers = { origin: "https://evil.example", cookie: guest.cookie };
    const answer = await mutate(studio.url, "jobs.create", {}, headers);
    expectRefused(answer, { code: "ORIGIN_REFUSED", status: 403 });
  });

  test("a malformed input names the field", async () => {
    const answer = await guest.query("jobs.get", { jobId: "7" });
    expectRefused(answer, { code: "INPUT_INVALID", status: 400, field: "jobId" });
  });

  test("a caller's well-formed request id comes back, another does not", async () => {
    const given = { "x-request-id": "my-request-0001" };
    const kept = await query(studio.url, "credits.balance", undefined, given);
    expect(kept.error?.requestId).toBe("my-request-0001");
    const replaced = await query(studio.url, "credits.balance", undefined, {
      "x-request-id": "a b",
    });
    expect(replaced.error?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

async function mask(width: number, height: number, value: number): Promise<Asset> {
  const pixels = Buffer.alloc(width * height, value);
  const png = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return guest.upload(new Uint8Array(png), { kind: "mask", contentType: "image/png" });
}

async function foreignAssetId(): Promise<string> {
  const stranger = await signIn(studio.url);
  return (await stranger.upload(await fixture("rocket.jpg"))).assetId;
}
