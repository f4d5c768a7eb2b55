import type {
  AttemptMove,
  AttemptPatch,
  AttemptState,
  JobApply,
  JobFacts,
  JobRow,
  JobStatus,
} from "@ob/db";
import { ATTEMPT_DEAD_REASONS, ATTEMPT_STATES, JOB_FAILURE_CODES, JOB_STATUSES } from "@ob/db";
import { ATTEMPT_EVENTS } from "../../src/domain/attempt-lifecycle.ts";
import type { AttemptRow } from "../../src/services/jobs/drive/drive-rows.ts";
import { JOB_EVENTS, type JobTransition } from "../../src/domain/job-lifecycle.ts";
import type { DriveRows } from "../../src/services/jobs/drive/drive-rows.ts";
import type { SeededRandom } from "../../src/testing/seeded-random.ts";

/** One call on the port, the same for every maker of it. */
export interface Operation {
  readonly name: string;
  run(rows: DriveRows): Promise<unknown>;
}

/** What operations are drawn about. */
export interface Subjects {
  readonly backend: string;
  readonly now: Date;
  /** As they stand. */
  readonly jobs: readonly JobRow[];
  readonly attempts: readonly AttemptRow[];
  readonly newId: () => string;
}

const EVENTS = Object.entries<JobTransition>(JOB_EVENTS);
const ATTEMPT_MOVES = Object.values(ATTEMPT_EVENTS);

/** A move of a job: mostly one of the table, at times one nobody should make. */
export function drawApply(random: SeededRandom, subjects: Subjects): JobApply {
  const storing = subjects.jobs.filter(({ status: stands }) => stands === "storing");
  const preferred = storing.length > 0 && random.chance(0.2) ? storing : subjects.jobs;
  const { id: jobId, status } = random.pick(preferred);
  const fitting = EVENTS.filter(([, { from }]) => from.some((allowed) => allowed === status));
  // Ends are drawn less often: an ended job takes nothing any more.
  const going = fitting.filter(([, { credits }]) => credits !== "release" || random.chance(0.2));
  const some = going.length > 0 && random.chance(0.7) ? going : EVENTS;
  const [event, { from, to, credits, stage }] = random.pick(some);
  const facts = drawFacts(random, subjects, jobId);
  const apply: JobApply = {
    jobId,
    event,
    from,
    to,
    credits,
    transferId: subjects.newId(),
    now: subjects.now,
    facts: stage === null || random.chance(0.2) ? facts : { stage, ...facts },
  };
  if (event === "gaveUp" || event === "unusable" || event === "resultLost") {
    delete apply.facts.attempt;
    if (random.chance(0.9)) apply.facts.errorCode = random.pick(JOB_FAILURE_CODES);
  }
  if (event === "finished" && random.chance(0.9)) apply.facts.collectBy = subjects.now;
  if (event === "stored" && random.chance(0.9)) {
    delete apply.facts.attempt;
    apply.facts.result = drawResult(random, subjects, jobId);
  }
  if (random.chance(0.8)) return apply;
  const statuses = (): JobStatus[] => [random.pick(JOB_STATUSES), random.pick(JOB_STATUSES)];
  return {
    ...apply,
    from: random.chance(0.5) ? apply.from : statuses(),
    to: random.chance(0.5) ? apply.to : random.pick([null, ...JOB_STATUSES]),
    credits: random.chance(0.7) ? apply.credits : random.pick([null, "capture", "release"]),
  };
}

function drawFacts(random: SeededRandom, subjects: Subjects, jobId: string): JobFacts {
  const { now } = subjects;
  return {
    // Eighths: they are the same number in a `real` column.
    ...(random.chance(0.3) ? { progress: random.pick([null, 0, 0.125, 0.5, 1, 1.5]) } : {}),
    ...(random.chance(0.05) ? { errorCode: "GPU_FAILED" as const } : {}),
    ...(random.chance(0.1) ? { eventCode: random.pick([null, "GPU_TIMEOUT"]) } : {}),
    ...(random.chance(0.2) ? { dueAt: random.pick([null, now]) } : {}),
    ...(random.chance(0.1) ? { collectBy: now } : {}),
    ...(random.chance(0.1) ? { deadlineAt: new Date(now.getTime() + 60_000) } : {}),
    ...(random.chance(0.2) ? { startedAt: now } : {}),
    ...(random.chance(0.1) ? { cancelRequested: true as const } : {}),
    ...(random.chance(0.3) ? { requireNoLiveAttempt: true as const } : {}),
    ...(random.chance(0.3) ? { unlessCancelRequested: true as const } : {}),
    ...(random.chance(0.1) ? { giveBackTry: true as const } : {}),
    ...(random.chance(0.5) ? { attempt: drawMove(random, subjects, jobId) } : {}),
  };
}

function drawResult(random: SeededRandom, { attempts, newId, backend }: Subjects, jobId: string) {
  const own = attempts.filter((attempt) => attempt.jobId === jobId);
  const attemptId = random.pick([...own, ...own, ...own, ...attempts, { id: newId() }]).id;
  // At times somebody else's object.
  const key = random.chance(0.1) ? `shared-${backend}` : newId();
  return {
    attemptId,
    objectKey: `results/${key}.png`,
    previewKey: `results/${key}.webp`,
    sha256: "0".repeat(64),
    contentType: "image/png",
    bytes: random.pick([0, 9, 9, 9]),
    width: 8,
    height: 8,
    fidelity: { comparedPixels: null, changedOutsideMask: null, shiftPx: null, similarity: 1 },
  };
}

/** A move of an attempt: mostly of the job's own, mostly one of the table. */
export function drawMove(random: SeededRandom, subjects: Subjects, jobId: string): AttemptMove {
  const own = subjects.attempts.filter((attempt) => attempt.jobId === jobId);
  const others = random.chance(0.1) ? subjects.attempts : [];
  const newest = own.slice(-1);
  const some = [...newest, ...newest, ...newest, ...own, ...others];
  // Without any, an id that names none.
  const id = some.length > 0 ? random.pick(some).id : jobId;
  const state = subjects.attempts.find((attempt) => attempt.id === id)?.state;
  const fitting = ATTEMPT_MOVES.filter(({ from }) => from.some((allowed) => allowed === state));
  const { from, to } = random.pick(fitting.length > 0 ? fitting : ATTEMPT_MOVES);
  const patch = drawPatch(random, subjects, to);
  if (random.chance(0.8)) return { id, from, to, ...patch };
  const states: AttemptState[] = [random.pick(ATTEMPT_STATES), random.pick(ATTEMPT_STATES)];
  return { id, from: states, to: random.pick(ATTEMPT_STATES), ...patch };
}

function drawPatch(
  random: SeededRandom,
  { now, newId, backend }: Subjects,
  to: AttemptState,
): AttemptPatch {
  const isDead = to === "dead" ? random.chance(0.95) : random.chance(0.03);
  return {
    ...(to === "submitted" && random.chance(0.95)
      ? { runpodJobId: random.chance(0.05) ? `run-shared-${backend}` : newId(), submittedAt: now }
      : {}),
    ...(isDead ? { deadReason: random.pick(ATTEMPT_DEAD_REASONS) } : {}),
    ...(random.chance(0.2) ? { sentAt: now } : {}),
    ...(random.chance(0.2) ? { startedAt: now } : {}),
    ...(random.chance(0.2) ? { failureMessage: "x".repeat(random.pick([3, 2_000, 2_001])) } : {}),
    ...(random.chance(0.2) ? { countsAsTry: false } : {}),
    ...(random.chance(0.2) ? { delayMs: 5, executionMs: 7 } : {}),
  };
}
