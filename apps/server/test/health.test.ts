import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStudio, type Studio } from "./support/start-studio.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ environment: { PAYMENTS: "off", MAIL: "off" } });
});
afterAll(async () => studio?.stop());

async function ready(): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${studio.url}/health/ready`);
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}

test("live says that the process answers", async () => {
  const answer = await fetch(`${studio.url}/health/live`);
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
});

test("ready tells states, never values", async () => {
  expect(await ready()).toEqual({
    status: 200,
    body: { ok: true, database: "ok", storage: "ok", gpu: "ok", mail: "off", payments: "off" },
  });
});

test("a folder that cannot be written takes the replica out", async () => {
  const tmp = join(studio.dataDir, "files", "tmp");
  await rm(tmp, { recursive: true });
  await writeFile(tmp, "in the way");
  expect(await ready()).toMatchObject({ status: 503, body: { ok: false, storage: "down" } });
});

test("every answer carries the security headers", async () => {
  for (const path of ["/", "/health/live", "/api/trpc/nothing", "/files/x", "/webhooks/x"]) {
    const { headers } = await fetch(`${studio.url}${path}`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  }
});

test("a replica that drains says so before it stops answering", async () => {
  studio.replica.draining.abort();
  expect(await ready()).toMatchObject({ status: 503, body: { ok: false } });
});
