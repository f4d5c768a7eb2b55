import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deadAfter } from "./attempt-lifecycle.ts";
import { chooseStep, type DrivenAttempt, type DrivenJob } from "./drive-step.ts";
import { DEFAULT_GPU_SETTINGS as settings } from "./gpu-settings.ts";

const start = new Date("2026-11-22T08:00:00.000Z");
const at = (ms: number) => new Date(start.getTime() + ms);
const queued: DrivenJob = {
  status: "queued",
  cancelRequestedAt: null,
  deadlineAt: at(900_000),
  collectBy: null,
  tries: 0,
};
const attempt = (state: DrivenAttempt["state"]): DrivenAttempt => ({
  state,
  intentAt: start,
  deadAfter: deadAfter(start, settings),
});
const step = (job: Partial<DrivenJob>, latest: DrivenAttempt | null, ms: number) =>
  chooseStep({ job: { ...queued, ...job }, attempt: latest, now: at(ms) }, settings);

describe("the next step of a job", () => {
  test("is to submit while tries and time are left", () => {
    expect(step({}, null, 0)).toEqual({ kind: "submit" });
    expect(step({ tries: 2 }, attempt("dead"), 0)).toEqual({ kind: "submit" });
  });

  test("is to end it by its wish first, then its deadline, then its tries", () => {
    const wished = { cancelRequestedAt: start, tries: 3 };
    expect(step(wished, null, 1e9)).toEqual({ kind: "conclude", ending: "wish" });
    expect(step({ tries: 3 }, null, 1e9)).toEqual({ kind: "conclude", ending: "deadline" });
    expect(step({ tries: 3 }, null, 0)).toEqual({ kind: "conclude", ending: "tries" });
  });

  test("leaves another's intent alone until it may have been sent and lost", () => {
    expect(step({}, attempt("intent"), 34_999)).toEqual({ kind: "wait", dueAt: at(35_000) });
    expect(step({}, attempt("intent"), 35_000)).toEqual({ kind: "doubt" });
  });

  test("waits 120 s for an unanswered attempt, then ends the job and never submits again", () => {
    expect(step({}, attempt("unknown"), 119_999)).toEqual({ kind: "wait", dueAt: at(120_000) });
    for (const ms of [120_000, 695_000, 5_000_000]) {
      expect(step({}, attempt("unknown"), ms)).toEqual({ kind: "conclude", ending: "deadline" });
    }
    const wished = step({ cancelRequestedAt: start }, attempt("unknown"), 120_000);
    expect(wished).toEqual({ kind: "conclude", ending: "wish" });
  });

  test("of an ended job is only to see its attempt out", () => {
    const ended = { status: "failed" } as const;
    expect(step(ended, attempt("submitted"), 0)).toEqual({ kind: "reconcile" });
    expect(step(ended, attempt("unknown"), 0)).toEqual({ kind: "wait", dueAt: at(695_000) });
    expect(step(ended, attempt("unknown"), 695_000)).toEqual({ kind: "expire" });
    expect(step(ended, attempt("dead"), 0)).toEqual({ kind: "wait", dueAt: null });
    expect(step(ended, null, 0)).toEqual({ kind: "wait", dueAt: null });
  });

  test("is never to submit while an attempt is live, nor ever to wait for nothing while it is open", () => {
    const states = fc.constantFrom("intent", "submitted", "unknown", "finished", "dead" as const);
    const job = fc.record({
      status: fc.constantFrom("queued", "running", "storing", "done", "failed", "cancelled"),
      cancelRequestedAt: fc.constantFrom(null, start),
      tries: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(
        job,
        fc.option(states, { nil: null }),
        fc.nat({ max: 2_000_000 }),
        (given, state, ms) => {
          const latest = state === null ? null : attempt(state);
          const chosen = step(given, latest, ms);
          const live = state === "intent" || state === "submitted" || state === "unknown";
          const ended = ["done", "failed", "cancelled"].includes(given.status);
          if (live || ended) expect(chosen.kind).not.toBe("submit");
          if (chosen.kind !== "wait") return;
          if (!ended || live) expect(chosen.dueAt).not.toBeNull();
          if (chosen.dueAt !== null) expect(chosen.dueAt > at(ms)).toBe(true);
        },
      ),
    );
  });
});
