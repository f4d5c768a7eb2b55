import type { Asset } from "@ob/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture, type Guest, guestOf, ok, query, signIn } from "./support/caller.ts";
import { expectPlainRefusal, expectRefused } from "./support/expect-refused.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";

let studio: Studio;
let owner: Guest;
let photo: Asset;

beforeAll(async () => {
  studio = await startStudio();
  owner = await signIn(studio.url);
  photo = await owner.upload(await fixture("rocket.jpg"));
});
afterAll(async () => studio?.stop());

describe("the session itself", () => {
  test("the cookie and the header name the same guest", async () => {
    const byCookie = ok(
      await query<{ available: number }>(studio.url, "credits.balance", undefined, {
        cookie: owner.cookie,
      }),
    );
    expect(byCookie).toEqual(await owner.balance());
  });

  test("on http the cookie is HttpOnly, Lax and not Secure", async () => {
    const answer = await fetch(`${studio.url}/api/auth/sign-in/anonymous`, {
      method: "POST",
      body: "{}",
    });
    const lines = answer.headers.getSetCookie();
    expect(lines).not.toHaveLength(0);
    for (const line of lines) {
      expect(line).toMatch(/HttpOnly/i);
      expect(line).toMatch(/SameSite=Lax/i);
      expect(line).toMatch(/Path=\//);
      expect(line).not.toMatch(/Secure|__Host-/);
    }
  });

  test("signing in again keeps the guest", async () => {
    const again = await fetch(`${studio.url}/api/auth/sign-in/anonymous`, {
      method: "POST",
      headers: { authorization: `Bearer ${owner.token}` },
      body: "{}",
    });
    expect(again.status).toBe(200);
    expect(again.headers.get("set-auth-token")).toBe(owner.token);
  });

  test("who signs in again by the cookie gets the same token as at first", async () => {
    const again = await fetch(`${studio.url}/api/auth/sign-in/anonymous`, {
      method: "POST",
      headers: { cookie: owner.cookie },
      body: "{}",
    });
    expect(again.status).toBe(200);
    const token = again.headers.get("set-auth-token") ?? "";
    const { id: jobId } = await owner.createJob({ imageAssetId: photo.assetId, prompt: "blue" });
    const byToken = await guestOf(studio.url, token, "").query("jobs.get", { jobId });
    expect(byToken.status).toBe(200);
  });

  test.each([
    ["tRPC", () => `${studio.url}/api/trpc/jobs.list?input=%7B%7D`, "GET"],
    ["get-session", () => `${studio.url}/api/auth/get-session`, "GET"],
    ["sign-in", () => `${studio.url}/api/auth/sign-in/anonymous`, "POST"],
    ["a file by the session", () => unsigned(photo.previewUrl), "GET"],
  ] as const)(
    "%s renews an ageing session's cookie, and not a Bearer's",
    async (_n, url, method) => {
      // Older than a day by its end, which is what the session's age is judged by. Whoever signs out
      // ends what is remembered of sessions that were looked up a moment ago.
      const age = async () => {
        await studio.database.sql`
          update sessions set expires_at = expires_at - interval '2 days'`;
        await signOut(await signIn(studio.url));
      };
      const init = { method, ...(method === "POST" ? { body: "{}" } : {}) };
      await age();
      const byCookie = await fetch(url(), { ...init, headers: { cookie: owner.cookie } });
      await byCookie.arrayBuffer();
      const renewed = byCookie.headers.getSetCookie().join("\n");
      expect(renewed).toMatch(/ob\.session_token=[^;]{20,}.*Max-Age=15552000/);
      await age();
      const headers = { authorization: `Bearer ${owner.token}` };
      const byBearer = await fetch(url(), { ...init, headers });
      await byBearer.arrayBuffer();
      expect(byBearer.headers.getSetCookie()).toEqual([]);
    },
  );

  test("after signing out neither cookie nor token opens anything", async () => {
    const leaving = await signIn(studio.url);
    // Known by both, a moment ago.
    expect((await leaving.query("credits.balance")).status).toBe(200);
    const known = { cookie: leaving.cookie };
    expect((await query(studio.url, "credits.balance", undefined, known)).status).toBe(200);
    await signOut(leaving);
    expectRefused(await leaving.query("credits.balance"), { code: "AUTH_REQUIRED", status: 401 });
    // Every cookie of the session, as a browser or a thief would have kept them.
    const headers = { cookie: leaving.cookie };
    const byCookie = await query(studio.url, "credits.balance", undefined, headers);
    expectRefused(byCookie, { code: "AUTH_REQUIRED", status: 401 });
  });

  test.each([
    ["POST", "sign-up/email"],
    ["POST", "sign-in/email"],
    ["POST", "update-user"],
    ["POST", "delete-user"],
    ["POST", "delete-anonymous-user"],
    ["GET", "list-sessions"],
    ["GET", "sign-in/anonymous"],
    ["GET", "ok"],
  ])("%s /api/auth/%s does not exist", async (method, action) => {
    const answer = await fetch(`${studio.url}/api/auth/${action}`, {
      method,
      headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
      ...(method === "POST" ? { body: "{}" } : {}),
    });
    await expectPlainRefusal(answer, { code: "PROCEDURE_UNKNOWN", status: 404 });
  });
});

/** The same file without a signature that would open it to anybody. */
function unsigned(url: string): string {
  return url.replace(/\/files\/[^/]+/, "/files/0.i.AAAA");
}

async function signOut({ token }: Pick<Guest, "token">): Promise<void> {
  const out = await fetch(`${studio.url}/api/auth/sign-out`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: "{}",
  });
  expect(out.status).toBe(200);
}
