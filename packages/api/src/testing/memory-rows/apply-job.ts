import type { JobApply, JobFacts, JobRow, JobStage, JobStatus } from "@ob/db";
import {
  commit,
  type Draft,
  eventOf,
  isLive,
  type MemoryTables,
  postCredits,
  type ResultRow,
} from "./memory-tables.ts";
import { moveAttempt } from "./move-attempt.ts";
import { keep } from "./row-refused.ts";

const GRAPH = {
  queued: ["running", "storing", "failed", "cancelled"],
  running: ["queued", "storing", "failed", "cancelled"],
  storing: ["done", "failed"],
  done: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

const SETTLEMENTS = {
  queued: null,
  running: null,
  storing: null,
  done: "capture",
  failed: "release",
  cancelled: "release",
} as const satisfies Record<JobStatus, "capture" | "release" | null>;

/** As `job_apply_v1`: everything together, or nothing. @throws {RowRefused} */
export function applyJob(tables: MemoryTables, o: JobApply): JobRow | null {
  const before = tables.jobs.get(o.jobId);
  const owner = before && tables.owners.get(before.ownerId);
  if (before === undefined || owner === undefined || !isAllowed(tables, before, o)) return null;
  const { facts, now } = o;
  const draft: Draft = {};
  if (facts.attempt !== undefined) {
    const { id: attemptId, from, to, ...patch } = facts.attempt;
    const moved = moveAttempt(tables, { attemptId, jobId: o.jobId, from, to, patch, now });
    if (moved === null) return null;
    draft.attempt = moved;
  }
  if (facts.result !== undefined) draft.result = resultOf(tables, o, facts.result);
  const job = moveJob(before, o, owner.lastSeq + 1);
  guard(before, job);
  check(job);
  draft.job = job;
  let ownerAfter = { ...owner, lastSeq: job.lastSeq };
  if (o.credits !== null) {
    const posted = postCredits(tables, ownerAfter, {
      id: o.transferId,
      ownerId: job.ownerId,
      kind: o.credits,
      amount: job.credits,
      jobId: job.id,
      reason: job.status === "failed" || job.status === "cancelled" ? job.status : "job",
      createdAt: now,
    });
    ownerAfter = { ...posted.owner };
    draft.transfer = posted.transfer;
  }
  draft.owner = [job.ownerId, ownerAfter];
  const code = facts.eventCode === undefined ? (facts.errorCode ?? null) : facts.eventCode;
  draft.event = eventOf(job, { event: o.event, code, now });
  checkSettlement(tables, before, draft);
  commit(tables, draft);
  return job;
}

function isAllowed(tables: MemoryTables, job: JobRow, { from, facts }: JobApply): boolean {
  if (!from.includes(job.status)) return false;
  if (facts.unlessCancelRequested === true && job.cancelRequestedAt !== null) return false;
  if (facts.requireNoLiveAttempt !== true) return true;
  const move = facts.attempt;
  const ended = move?.to === "finished" || move?.to === "dead" ? move.id : null;
  const live = (tables.attempts.get(job.id) ?? []).filter(isLive);
  return live.every(({ id }) => id === ended);
}

function moveJob(job: JobRow, { event, to, now, facts }: JobApply, lastSeq: number): JobRow {
  const status = to ?? job.status;
  return {
    ...job,
    status,
    stage: facts.stage ?? stageOf(job, status),
    progress: progressOf(job, { event, status, facts }),
    errorCode: facts.errorCode ?? job.errorCode,
    cancelRequestedAt:
      facts.cancelRequested === true ? (job.cancelRequestedAt ?? now) : job.cancelRequestedAt,
    wakes: job.wakes + (facts.cancelRequested === true ? 1 : 0),
    dueAt: facts.dueAt === undefined ? job.dueAt : facts.dueAt,
    collectBy: facts.collectBy ?? job.collectBy,
    deadlineAt: facts.deadlineAt ?? job.deadlineAt,
    startedAt: job.startedAt ?? facts.startedAt ?? null,
    tries: job.tries - (facts.giveBackTry === true ? 1 : 0),
    finishedAt: SETTLEMENTS[status] === null ? null : now,
    lastSeq,
    updatedAt: now,
  };
}

function stageOf(job: JobRow, status: JobStatus): JobStage {
  if (status === "running") return "drawing";
  if (status !== "queued") return status;
  return status === job.status ? job.stage : "waiting";
}

function progressOf(
  job: JobRow,
  o: { event: string; status: JobStatus; facts: JobFacts },
): number | null {
  const told = o.facts.progress;
  if (o.event === "died") return null;
  if (job.status === "running" && o.status === "running") {
    if (told === undefined || told === null) return job.progress;
    return job.progress === null ? told : Math.max(job.progress, told);
  }
  return told === undefined ? job.progress : told;
}

function resultOf(
  tables: MemoryTables,
  { jobId, now }: JobApply,
  result: NonNullable<JobFacts["result"]>,
): ResultRow {
  const others = [...tables.results.values()];
  keep("results_size_positive", result.bytes > 0 && result.width > 0 && result.height > 0);
  keep("results_pkey", !tables.results.has(jobId));
  keep(
    "results_object_key_unique",
    !others.some(({ objectKey }) => objectKey === result.objectKey),
  );
  keep(
    "results_preview_key_unique",
    !others.some(({ previewKey }) => previewKey === result.previewKey),
  );
  const ofJob = tables.attempts.get(jobId) ?? [];
  keep(
    "results_attempt_of_job",
    ofJob.some(({ id }) => id === result.attemptId),
  );
  return { ...result, jobId, createdAt: now };
}

function guard(before: JobRow, after: JobRow): void {
  keep("jobs_terminal_frozen", SETTLEMENTS[before.status] === null);
  const next: readonly JobStatus[] = GRAPH[before.status];
  keep("jobs_status_graph", after.status === before.status || next.includes(after.status));
}

function check(job: JobRow): void {
  const { status, stage, progress } = job;
  keep("jobs_collect_by_when_storing", status !== "storing" || job.collectBy !== null);
  keep("jobs_error_when_failed", (status === "failed") === (job.errorCode !== null));
  keep("jobs_progress_range", progress === null || (progress >= 0 && progress <= 1));
  const isQueueing = stage === "submitting" || stage === "waiting" || stage === "waking";
  const fits = status === "queued" ? isQueueing : status === "running" ? stage === "drawing" : null;
  keep("jobs_stage_of_status", fits ?? stage === status);
  keep("jobs_tries_not_negative", job.tries >= 0);
}

/** The end of a job, its settlement and its result are one fact. */
function checkSettlement(tables: MemoryTables, before: JobRow, draft: Draft): void {
  const { job, transfer, result } = draft;
  if (job === undefined) return;
  const ends = SETTLEMENTS[job.status] !== null && job.status !== before.status;
  if (!ends && transfer === undefined && result === undefined) return;
  const settled = [...tables.transfers, ...(transfer === undefined ? [] : [transfer])].find(
    ({ jobId, kind }) => jobId === job.id && kind !== "hold",
  );
  const hasResult = result !== undefined || tables.results.has(job.id);
  const first =
    result !== undefined
      ? "results_of_done_job"
      : ends
        ? "jobs_settled"
        : "credit_transfers_settle_ended_job";
  keep(
    first,
    (settled?.kind ?? null) === SETTLEMENTS[job.status] && hasResult === (job.status === "done"),
  );
}
