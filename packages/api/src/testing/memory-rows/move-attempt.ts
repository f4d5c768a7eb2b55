import { ATTEMPT_DEAD_REASONS, type AttemptPatch, type AttemptState } from "@ob/db";
import type { AttemptRow } from "../../services/jobs/drive/drive-rows.ts";
import { findAttempt, type MemoryTables } from "./memory-tables.ts";
import { keep } from "./row-refused.ts";

export interface AttemptMoving {
  readonly attemptId: string;
  readonly jobId: string;
  readonly from: readonly AttemptState[];
  readonly to: AttemptState;
  readonly patch: AttemptPatch;
  readonly now: Date;
}

const GRAPH = {
  intent: ["submitted", "unknown", "dead"],
  unknown: ["submitted", "dead"],
  submitted: ["finished", "dead"],
  finished: [],
  dead: [],
} as const satisfies Record<AttemptState, readonly AttemptState[]>;

/** The attempt as `attempt_move_v1` leaves it; null = it does not stand in `from`. @throws {RowRefused} */
export function moveAttempt(tables: MemoryTables, o: AttemptMoving): AttemptRow | null {
  const before = tables.attempts.get(o.jobId)?.find(({ id }) => id === o.attemptId);
  if (before === undefined || !o.from.includes(before.state)) return null;
  const { patch } = o;
  const ends = o.to === "finished" || o.to === "dead";
  const after: AttemptRow = {
    ...before,
    state: o.to,
    endedAt: ends ? o.now : null,
    runpodJobId: patch.runpodJobId ?? before.runpodJobId,
    sentAt: patch.sentAt ?? before.sentAt,
    submittedAt: patch.submittedAt ?? before.submittedAt,
    startedAt: before.startedAt ?? patch.startedAt ?? null,
    deadReason: patch.deadReason ?? before.deadReason,
    failureMessage: patch.failureMessage ?? before.failureMessage,
    countsAsTry: patch.countsAsTry ?? before.countsAsTry,
    delayMs: patch.delayMs ?? before.delayMs,
    executionMs: patch.executionMs ?? before.executionMs,
  };
  guard(before, after);
  check(after);
  const { runpodJobId } = after;
  keep(
    "attempts_runpod_job_id_unique",
    runpodJobId === null ||
      findAttempt(tables, (a) => a.id !== after.id && a.runpodJobId === runpodJobId) === null,
  );
  return after;
}

function guard(before: AttemptRow, after: AttemptRow): void {
  if (before.state === "finished" || before.state === "dead") {
    keep("attempts_terminal_frozen", JSON.stringify(before) === JSON.stringify(after));
    return;
  }
  const next: readonly AttemptState[] = GRAPH[before.state];
  keep("attempts_state_graph", after.state === before.state || next.includes(after.state));
  keep(
    "attempts_facts_fixed",
    before.runpodJobId === null || after.runpodJobId === before.runpodJobId,
  );
}

function check(row: AttemptRow): void {
  const { state, deadReason, endedAt } = row;
  keep("attempts_ended", (state === "finished" || state === "dead") === (endedAt !== null));
  const needsId = state === "submitted" || state === "finished";
  keep("attempts_id_when_submitted", !needsId || row.runpodJobId !== null);
  keep("attempts_message_bounded", (row.failureMessage ?? "").length <= 2_000);
  keep(
    "attempts_reason_known",
    deadReason === null || ATTEMPT_DEAD_REASONS.some((known) => known === deadReason),
  );
  keep("attempts_reason_when_dead", (state === "dead") === (deadReason !== null));
  keep(
    "attempts_ttl_passed",
    deadReason !== "ttl" || (endedAt !== null && endedAt >= row.deadAfter),
  );
}
