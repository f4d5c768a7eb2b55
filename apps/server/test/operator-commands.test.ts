import type { OperatorJob, OperatorJobsPage } from "@ob/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, type Guest, signIn } from "./support/caller.ts";
import { runOperatorCommand } from "./support/run-operator-command.ts";
import { startStudio, type Studio, TEST_GPU_KEY } from "./support/start-studio.ts";
import { parsed } from "./support/trusted.ts";
import { waitForJob } from "./support/wait-for-job.ts";

const PROMPT = "เปลี่ยนแก้วเป็นสีน้ำเงิน";

let studio: Studio;
let guest: Guest;
let imageAssetId: string;
beforeAll(async () => {
  studio = await startStudio();
  guest = await signIn(studio.url);
  imageAssetId = (await guest.upload(await fixture("coffee.png"), { contentType: "image/png" }))
    .assetId;
});
afterAll(() => studio?.stop());

async function jobs<Document>(...args: string[]) {
  const answer = await runOperatorCommand("jobs", args, studio.environment);
  return { ...answer, document: parsed<Document>(answer.stdout) };
}

async function control(scenario: string): Promise<void> {
  const answer = await fetch(`${studio.simulator.url}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ scenario }),
  });
  expect(answer.ok).toBe(true);
}

interface Refusal {
  ok: boolean;
  code?: string;
  error?: string;
}

test("a job is listed, shown, retried and reconciled beside a live server; its words are not told", async () => {
  await control("rate-limit");
  const first = await guest.createJob({ imageAssetId, prompt: PROMPT });
  expect(await waitForJob(guest, first.id)).toMatchObject({ status: "done" });
  await control("no-output");
  const job = await guest.createJob({ imageAssetId, prompt: PROMPT });
  expect(await waitForJob(guest, job.id)).toMatchObject({ status: "failed" });
  const listed = await jobs<OperatorJobsPage>("list", "--status", "failed");
  expect(listed).toMatchObject({ code: 0, stderr: "", document: { ok: true, nextCursor: null } });
  expect(listed.document.items).toMatchObject([{ id: job.id, status: "failed" }]);

  const shown = await jobs<OperatorJob>("show", job.id);
  expect(shown).toMatchObject({ code: 0, document: { ok: true, next: { dueAt: null } } });
  const { timeline, transfers } = shown.document;
  expect(timeline.find(({ moment }) => moment === "submitted")?.at).not.toBeNull();
  expect(timeline.find(({ moment }) => moment === "seen")?.at).not.toBeNull();
  expect(transfers.map(({ kind }) => kind)[0]).toBe("hold");
  expect(shown.stdout + listed.stdout).not.toContain(PROMPT);

  const retried = await jobs<{ newJobId: string }>("retry", job.id, "--reason", "by test");
  expect(retried).toMatchObject({ code: 0, document: { ok: true } });
  expect(await waitForJob(guest, retried.document.newJobId)).toMatchObject({ status: "done" });
});

test("a failed exchange is an incident with advice, and leads to its job", async () => {
  await studio.replica.incidents.settle();
  const listing = await runOperatorCommand(
    "incidents",
    ["list", "--cause", "rate-limited"],
    studio.environment,
  );
  expect(listing.code).toBe(0);
  const { incidents } = parsed<{ incidents: { id: string; advice: { en: string; th: string } }[] }>(
    listing.stdout,
  );
  const [incident] = incidents;
  expect(incident).toMatchObject({
    operation: "submit",
    status: 429,
    advice: { en: expect.stringMatching(/\w/), th: expect.stringMatching(/[ก-๙]/) },
  });
  const shown = await runOperatorCommand(
    "incidents",
    ["show", incident?.id ?? ""],
    studio.environment,
  );
  expect(parsed(shown.stdout)).toMatchObject({
    ok: true,
    incident: {
      exchange: { request: { method: "POST" }, response: { status: 429 } },
      jobIds: [expect.stringMatching(/^[\da-f-]{36}$/)],
    },
  });
  for (const secret of [TEST_GPU_KEY, PROMPT, "iVBORw0KGgo"]) {
    expect(shown.stdout).not.toContain(secret);
  }
});

test("what the rules refuse ends with 1 and changes nothing", async () => {
  const job = await guest.createJob({ imageAssetId, prompt: PROMPT });
  await waitForJob(guest, job.id);
  expect(await jobs<Refusal>("cancel", job.id, "--reason", "too late")).toMatchObject({
    code: 1,
    document: { ok: false, code: "JOB_NOT_CANCELLABLE" },
  });
});
