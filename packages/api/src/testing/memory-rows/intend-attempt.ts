import type { AttemptIntend, AttemptIntendOutcome, JobRow } from "@ob/db";
import type { AttemptRow } from "../../services/jobs/drive/drive-rows.ts";
import { commit, eventOf, findAttempt, isLive, type MemoryTables } from "./memory-tables.ts";
import { keep } from "./row-refused.ts";

/** As `attempt_intend_v2`. @throws {RowRefused} */
export function intendAttempt(tables: MemoryTables, o: AttemptIntend): AttemptIntendOutcome {
  const before = tables.jobs.get(o.jobId);
  const owner = before && tables.owners.get(before.ownerId);
  if (before === undefined || owner === undefined || !isReady(tables, before, o)) {
    return { outcome: "not-ready" };
  }
  if (slotsTaken(tables, before.backend) >= o.maxInFlight) return { outcome: "no-slot" };
  keep(
    "attempts_file_prefix_unique",
    findAttempt(tables, ({ filePrefix }) => filePrefix === o.filePrefix) === null,
  );
  keep(
    "attempts_token_sha256_unique",
    findAttempt(tables, ({ tokenSha256 }) => tokenSha256 === o.tokenSha256) === null,
  );
  const n = (tables.attempts.get(o.jobId)?.at(-1)?.n ?? 0) + 1;
  const lastSeq = owner.lastSeq + 1;
  const job: JobRow = {
    ...before,
    stage: "submitting",
    tries: before.tries + 1,
    deadlineAt: before.firstIntentAt === null ? o.deadlineAt : before.deadlineAt,
    firstIntentAt: before.firstIntentAt ?? o.now,
    lastSeq,
    updatedAt: o.now,
  };
  commit(tables, {
    owner: [job.ownerId, { ...owner, lastSeq }],
    job,
    attempt: rowOf(o, job, n),
    event: eventOf(job, { event: "submitting", code: null, now: o.now }),
  });
  return { outcome: "intended", ownerId: job.ownerId, seq: lastSeq, n };
}

function isReady(tables: MemoryTables, job: JobRow, o: AttemptIntend): boolean {
  return (
    job.status === "queued" &&
    job.cancelRequestedAt === null &&
    job.tries < o.maxTries &&
    job.deadlineAt > o.now &&
    (tables.attempts.get(job.id) ?? []).every(({ state }) => state === "dead")
  );
}

/** Live attempts of a backend; an unanswered one of an ended job blocks nobody. */
/** Attempts that may occupy the backend: an unanswered one of an ended job blocks nobody. */
export function slotsTaken(tables: MemoryTables, backend: string): number {
  let taken = 0;
  for (const [jobId, ofJob] of tables.attempts) {
    const isOpen = tables.jobs.get(jobId)?.finishedAt === null;
    taken += ofJob.filter(
      (a) => a.backend === backend && isLive(a) && (a.state !== "unknown" || isOpen),
    ).length;
  }
  return taken;
}

function rowOf(o: AttemptIntend, job: JobRow, n: number): AttemptRow {
  const { variant, graphHash, filePrefix, imageName, maskName, tokenSha256, deadAfter } = o;
  return {
    id: o.attemptId,
    jobId: o.jobId,
    n,
    backend: job.backend,
    intentAt: o.now,
    variant,
    graphHash,
    filePrefix,
    imageName,
    maskName,
    tokenSha256,
    deadAfter,
    extraImageNames: [...o.extraImageNames],
    serviceVersion: job.serviceVersion,
    state: "intent",
    runpodJobId: null,
    sentAt: null,
    submittedAt: null,
    startedAt: null,
    endedAt: null,
    deadReason: null,
    failureMessage: null,
    countsAsTry: true,
    delayMs: null,
    executionMs: null,
  };
}
