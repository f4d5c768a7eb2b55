import { createHash, randomUUID } from "node:crypto";
import {
  attemptIntendV2,
  attemptWakeV1,
  type JobApply,
  jobApplyV1,
  jobCreateV3,
  jobsClaimDueV1,
  jobScheduleV1,
  type Sql,
} from "@ob/db";
import { GPU_SERVICES } from "@ob/workflow";
import type { Person } from "../world/add-person.ts";
import { plainJob } from "./plain-job.ts";

/**
 * The ceiling: the same hot SQL functions in the same order with the same payloads, and nothing of
 * our code around them: no look-ups, no rules, no graph.
 */
export async function sqlLifecycle(sql: Sql, person: Person): Promise<void> {
  const now = new Date();
  const job = plainJob(person, { version: currentVersion(), now });
  const created = await jobCreateV3(sql, job);
  if (created.outcome !== "created") throw new Error(`not created: ${created.outcome}`);
  const { jobId } = job;
  const tokenSha256 = createHash("sha256").update(randomUUID()).digest("hex");
  const attemptId = randomUUID();

  const sender = await claim(sql, jobId);
  const intended = await attemptIntendV2(sql, intentOf({ jobId, attemptId, tokenSha256 }));
  if (intended.outcome !== "intended") throw new Error(`not intended: ${intended.outcome}`);
  await apply(sql, jobId, {
    event: "accepted",
    from: ["queued"],
    to: "queued",
    facts: {
      stage: "waiting",
      attempt: {
        id: attemptId,
        from: ["intent", "unknown"],
        to: "submitted",
        runpodJobId: `sql-${attemptId}`,
        submittedAt: new Date(),
        sentAt: new Date(),
      },
    },
  });
  await schedule(sql, { jobId, ...sender, dueAt: new Date(Date.now() + 60_000) });

  await attemptWakeV1(sql, { tokenSha256, now: new Date() });
  const collector = await claim(sql, jobId);
  await finishAndStore(sql, { jobId, attemptId });
  await schedule(sql, { jobId, ...collector, dueAt: null });
}

function currentVersion(): string {
  const service = GPU_SERVICES.findLast(({ id }) => id === "qwen-image-edit");
  if (service === undefined) throw new Error("no such service");
  return service.version;
}

function intentOf(o: { jobId: string; attemptId: string; tokenSha256: string }) {
  const now = new Date();
  return {
    ...o,
    maxInFlight: 1_000,
    maxTries: 3,
    variant: "fast",
    graphHash: "0".repeat(64),
    filePrefix: `ob-${o.attemptId}`,
    imageName: `${o.attemptId}-image.png`,
    extraImageNames: [],
    maskName: null,
    deadAfter: new Date(now.getTime() + 660_000),
    deadlineAt: new Date(now.getTime() + 900_000),
    now,
  };
}

async function finishAndStore(
  sql: Sql,
  { jobId, attemptId }: { jobId: string; attemptId: string },
): Promise<void> {
  await apply(sql, jobId, {
    event: "finished",
    from: ["queued", "running"],
    to: "storing",
    facts: {
      stage: "storing",
      progress: 1,
      collectBy: new Date(Date.now() + 600_000),
      attempt: {
        id: attemptId,
        from: ["submitted"],
        to: "finished",
        delayMs: 100,
        executionMs: 1_000,
      },
    },
  });
  await apply(sql, jobId, {
    event: "stored",
    from: ["storing"],
    to: "done",
    credits: "capture",
    facts: {
      stage: "done",
      result: {
        attemptId,
        objectKey: `results/${attemptId}/0.png`,
        previewKey: `results/${attemptId}/0.webp`,
        sha256: "0".repeat(64),
        contentType: "image/png",
        bytes: 9,
        width: 1_024,
        height: 768,
        fidelity: { comparedPixels: null, changedOutsideMask: null, shiftPx: null, similarity: 1 },
      },
    },
  });
}

async function apply(
  sql: Sql,
  jobId: string,
  move: Pick<JobApply, "event" | "from" | "to" | "facts"> & Partial<JobApply>,
): Promise<void> {
  const applied = await jobApplyV1(sql, {
    credits: null,
    transferId: randomUUID(),
    now: new Date(),
    ...move,
    jobId,
  });
  if (applied === null) throw new Error(`${move.event} was refused`);
}

async function claim(sql: Sql, jobId: string): Promise<{ leaseOwner: string; wakesSeen: number }> {
  const leaseOwner = randomUUID();
  const asked = { limit: 1, leaseOwner, leaseMs: 20_000, now: new Date(), jobId };
  const [claimed] = await jobsClaimDueV1(sql, asked);
  if (claimed === undefined) throw new Error("not due");
  return { leaseOwner, wakesSeen: claimed.wakes };
}

function schedule(
  sql: Sql,
  next: { jobId: string; leaseOwner: string; wakesSeen: number; dueAt: Date | null },
): Promise<void> {
  return jobScheduleV1(sql, { ...next, now: new Date() });
}
