import type { Asset, Job, UploadTicket } from "@ob/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, type Guest, mutate, ok, query, signIn } from "./support/caller.ts";
import { expectPlainRefusal, expectRefused } from "./support/expect-refused.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let owner: Guest;
let stranger: Guest;
let photo: Asset;
let job: Job;

beforeAll(async () => {
  studio = await startStudio();
  owner = await signIn(studio.url);
  stranger = await signIn(studio.url);
  photo = await owner.upload(await fixture("rocket.jpg"));
  job = await owner.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
});
afterAll(async () => studio?.stop());

describe("without a session", () => {
  const reads: [string, unknown][] = [
    ["credits.balance", undefined],
    ["credits.history", {}],
    ["jobs.list", {}],
    ["jobs.get", { jobId: crypto.randomUUID() }],
    ["jobs.onUpdate", {}],
    ["assets.get", { assetId: crypto.randomUUID() }],
    ["jobs.quote", { service: "qwen-image-edit", input: { imageAssetId: crypto.randomUUID() } }],
  ];
  test.each(reads)("%s is AUTH_REQUIRED", async (path, input) => {
    expectRefused(await query(studio.url, path, input), { code: "AUTH_REQUIRED", status: 401 });
  });

  const writes: [string, unknown][] = [
    ["uploads.create", { kind: "image", contentType: "image/png", bytes: 9 }],
    ["uploads.finish", { uploadId: crypto.randomUUID() }],
    ["assets.fromResult", { jobId: crypto.randomUUID() }],
    ["jobs.create", {}],
    ["jobs.cancel", { jobId: crypto.randomUUID() }],
    ["jobs.retry", { jobId: crypto.randomUUID(), requestId: crypto.randomUUID() }],
    ["jobs.delete", { jobId: crypto.randomUUID() }],
  ];
  test.each(writes)("%s is AUTH_REQUIRED", async (path, input) => {
    expectRefused(await mutate(studio.url, path, input), { code: "AUTH_REQUIRED", status: 401 });
  });

  test("services.list is open", async () => {
    const services = ok(await query<{ id: string }[]>(studio.url, "services.list", undefined));
    expect(services.map((service) => service.id)).toContain("qwen-image-edit");
  });

  test.each(["Bearer nonsense", "Bearer a.b", "Bearer %00.%00"])(
    "%s opens nothing",
    async (authorization) => {
      const answer = await query(studio.url, "credits.balance", undefined, { authorization });
      expectRefused(answer, { code: "AUTH_REQUIRED", status: 401 });
    },
  );

  test("a session token as it stands in the database opens nothing", async () => {
    const [row] = await studio.database.sql`select token from sessions limit 1`;
    const headers = { authorization: `Bearer ${String(row?.["token"])}` };
    const answer = await query(studio.url, "credits.balance", undefined, headers);
    expectRefused(answer, { code: "AUTH_REQUIRED", status: 401 });
  });

  test("a Bearer that opens nothing is not helped by a cookie that would", async () => {
    const headers = { authorization: "Bearer nonsense", cookie: owner.cookie };
    const answer = await query(studio.url, "credits.balance", undefined, headers);
    expectRefused(answer, { code: "AUTH_REQUIRED", status: 401 });
  });
});

describe("with the session of somebody else", () => {
  test.each([
    ["jobs.get", "query"],
    ["jobs.cancel", "mutate"],
    ["jobs.delete", "mutate"],
    ["assets.fromResult", "mutate"],
  ] as const)("%s reads as JOB_NOT_FOUND", async (path, kind) => {
    const answer = await stranger[kind](path, { jobId: job.id });
    expectRefused(answer, { code: "JOB_NOT_FOUND", status: 404 });
  });

  test("assets.fromResult reads as JOB_NOT_FOUND also once there is a result, and makes nothing", async () => {
    const done = await waitForJob(owner, job.id);
    expect(done.status).toBe("done");
    const count = async (): Promise<unknown> => {
      const [row] = await studio.database.sql`select count(*)::int as n from assets`;
      return row?.["n"];
    };
    const before = await count();
    const answer = await stranger.mutate("assets.fromResult", { jobId: job.id });
    expectRefused(answer, { code: "JOB_NOT_FOUND", status: 404 });
    expect(await count()).toBe(before);
    const own = ok(await owner.mutate<Asset>("assets.fromResult", { jobId: job.id }));
    const foreign = await stranger.query("assets.get", { assetId: own.assetId });
    expectRefused(foreign, { code: "ASSET_NOT_FOUND", status: 404 });
  });

  test("assets.get reads as ASSET_NOT_FOUND, and so does a job made of the picture", async () => {
    const refused = { code: "ASSET_NOT_FOUND", status: 404 } as const;
    const { assetId } = photo;
    expect(ok(await owner.query<Asset>("assets.get", { assetId })).assetId).toBe(assetId);
    expectRefused(await stranger.query("assets.get", { assetId }), refused);
    const asked = { service: "qwen-image-edit", input: { imageAssetId: assetId, prompt: "blue" } };
    expectRefused(await stranger.query("jobs.quote", asked), refused);
    const order = { ...asked, requestId: crypto.randomUUID() };
    expectRefused(await stranger.mutate("jobs.create", order), refused);
  });

  test("jobs.retry reads as JOB_NOT_FOUND", async () => {
    const input = { jobId: job.id, requestId: crypto.randomUUID() };
    expectRefused(await stranger.mutate("jobs.retry", input), {
      code: "JOB_NOT_FOUND",
      status: 404,
    });
  });

  test("a stream of the job says JOB_NOT_FOUND and ends", async () => {
    const input = encodeURIComponent(JSON.stringify({ jobId: job.id }));
    const answer = await fetch(`${studio.url}/api/trpc/jobs.onUpdate?input=${input}`, {
      headers: { authorization: `Bearer ${stranger.token}` },
    });
    const text = await answer.text();
    expect(text).toMatch(/event: serialized-error\ndata: .*"JOB_NOT_FOUND"/);
    expect(text).not.toContain(photo.assetId);
  });

  test("an upload cannot be finished", async () => {
    const declared = { kind: "image", contentType: "image/png", bytes: 9 };
    const ticket = ok(await owner.mutate<UploadTicket>("uploads.create", declared));
    const answer = await stranger.mutate("uploads.finish", { uploadId: ticket.uploadId });
    expectRefused(answer, { code: "UPLOAD_NOT_FOUND", status: 404 });
  });

  test("a list shows only one's own", async () => {
    expect(ok(await stranger.query<{ items: Job[] }>("jobs.list", {})).items).toEqual([]);
  });

  test("the file of another opens neither by session nor without a signature", async () => {
    const path = new URL(photo.previewUrl).pathname.replace(/^\/files\/[^/]+/, "/files/0.i.AAAA");
    const url = `${studio.url}${path}`;
    const mine = await fetch(url, { headers: { authorization: `Bearer ${owner.token}` } });
    expect(mine.status).toBe(200);
    await mine.arrayBuffer();
    const expected = { code: "ASSET_NOT_FOUND", status: 403 } as const;
    await expectPlainRefusal(await fetch(url, { headers: { cookie: stranger.cookie } }), expected);
    await expectPlainRefusal(await fetch(url), expected);
  });
});

describe("the cross-site rule over HTTP", () => {
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };

  test("a foreign page cannot use the cookie, by POST or by GET", async () => {
    const headers = { ...foreign, cookie: owner.cookie };
    const refused = { code: "ORIGIN_REFUSED", status: 403 } as const;
    expectRefused(await query(studio.url, "jobs.list", {}, headers), refused);
    expectRefused(await mutate(studio.url, "jobs.cancel", { jobId: job.id }, headers), refused);
    const stream = await query(studio.url, "jobs.onUpdate", {}, headers);
    expectRefused(stream, refused);
  });

  test("a foreign page cannot sign a visitor in or out", async () => {
    for (const action of ["sign-in/anonymous", "sign-out"]) {
      const answer = await fetch(`${studio.url}/api/auth/${action}`, {
        method: "POST",
        headers: { ...foreign, "content-type": "application/json" },
        body: "{}",
      });
      await expectPlainRefusal(answer, { code: "ORIGIN_REFUSED", status: 403 });
    }
  });

  test("our own page passes by the cookie, and a foreign one with a Bearer of its own", async () => {
    const own = { origin: studio.url, "sec-fetch-site": "same-origin", cookie: owner.cookie };
    const byCookie = await query(studio.url, "credits.balance", undefined, own);
    const bearer = { ...foreign, authorization: `Bearer ${owner.token}` };
    const byBearer = await query(studio.url, "credits.balance", undefined, bearer);
    expect([byCookie.status, byBearer.status]).toEqual([200, 200]);
  });

  test("Origin: null is refused", async () => {
    const headers = { origin: "null", cookie: owner.cookie };
    const answer = await mutate(studio.url, "jobs.cancel", { jobId: job.id }, headers);
    expectRefused(answer, { code: "ORIGIN_REFUSED", status: 403 });
  });

  test("pages, files and signed PUTs are exempt", async () => {
    const page = await fetch(studio.url, { headers: foreign });
    expect(page.status).not.toBe(403);
    await page.arrayBuffer();
    const file = await fetch(photo.previewUrl, { headers: foreign });
    expect(file.status).toBe(200);
    await file.arrayBuffer();
  });
});
