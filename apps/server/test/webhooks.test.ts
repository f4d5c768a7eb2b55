import { afterAll, beforeAll, expect, test } from "vitest";
import { type Guest, signIn } from "./support/caller.ts";
import { expectPlainRefusal } from "./support/expect-refused.ts";
import { startDrawingJob } from "./support/drawing-job.ts";
import { expectInvariants } from "./support/expect-invariants.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";
import { waitForJob } from "./support/wait-for-job.ts";

let studio: Studio;
let guest: Guest;

beforeAll(async () => {
  studio = await startStudio({ gpuMs: 60_000 });
  guest = await signIn(studio.url);
});
afterAll(async () => studio?.stop());

const ring = (token: string, body: string) =>
  fetch(`${studio.url}/webhooks/runpod/${token}`, { method: "POST", body });

test("a bell only wakes: whatever its body claims, /status decides", async () => {
  const { job, token } = await startDrawingJob(studio, guest);
  const lie = JSON.stringify({ id: "x", status: "COMPLETED", output: { images: [] } });
  for (const body of [lie, '{"status":"FAILED"}', "not json", ""]) {
    const answer = await ring(token, body);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  }
  const wakes = async () => {
    const [row] = await studio.database.sql`select wakes, status from jobs where id = ${job.id}`;
    return { woken: Number(row?.["wakes"]) >= 4, status: String(row?.["status"]) };
  };
  expect(await wakes()).toEqual({ woken: true, status: "running" });
  await guest.mutate("jobs.cancel", { jobId: job.id });
  expect((await waitForJob(guest, job.id)).status).toBe("cancelled");
  // A bell after the end finds nothing to do.
  expect((await ring(token, lie)).status).toBe(200);
  expect((await waitForJob(guest, job.id)).status).toBe("cancelled");
  expect(await guest.balance()).toEqual({ available: 20, held: 0 });
  await expectInvariants(studio.database.sql);
});

test.each(["short", "x".repeat(43), "../../x", "%00"])(
  "a token nobody has (%s) is not found",
  async (token) => {
    const answer = await ring(encodeURIComponent(token), "{}");
    await expectPlainRefusal(answer, { code: "PROCEDURE_UNKNOWN", status: 404 });
  },
);

test("only POST rings", async () => {
  const answer = await fetch(`${studio.url}/webhooks/runpod/abc`);
  await expectPlainRefusal(answer, { code: "PROCEDURE_UNKNOWN", status: 404 });
});
