import { describe, expect, test } from "vitest";
import type { JobStatus } from "../contract/job.ts";
import {
  isTerminal,
  JOB_EVENTS,
  type JobEvent,
  type JobTransition,
  nextStatus,
  OPEN_STATUSES,
  TERMINAL_STATUSES,
} from "./job-lifecycle.ts";

const STATUSES: readonly JobStatus[] = [...OPEN_STATUSES, ...TERMINAL_STATUSES];
const EVENTS = allEvents().map((event) => [event, transitionOf(event)] as const);

function allEvents(): JobEvent[] {
  const isEvent = (name: string): name is JobEvent => Object.hasOwn(JOB_EVENTS, name);
  return Object.keys(JOB_EVENTS).filter(isEvent);
}

function transitionOf(event: JobEvent): JobTransition {
  return JOB_EVENTS[event];
}

describe("the table of job events", () => {
  test("settles the credits exactly when it ends the job", () => {
    const settling = EVENTS.filter(([, { credits }]) => credits !== null);
    const ending = EVENTS.filter(([, { to }]) => to !== null && isTerminal(to));
    expect(settling).toEqual(ending);
  });

  test("captures only for a stored result, and releases for every other end", () => {
    const captures = EVENTS.filter(([, { credits }]) => credits === "capture");
    expect(captures.map(([event]) => event)).toEqual(["stored"]);
  });

  test("lets nothing happen to a job that has ended", () => {
    for (const status of TERMINAL_STATUSES) {
      for (const [event] of EVENTS) expect(nextStatus(status, event)).toBeNull();
    }
  });

  test("lets a result under way only be stored, found unusable, lost, or given more time", () => {
    const allowed = EVENTS.filter(([event]) => nextStatus("storing", event) !== null);
    expect(allowed.map(([event]) => event)).toEqual([
      "collectExtended",
      "stored",
      "unusable",
      "resultLost",
    ]);
  });

  test("reaches every status", () => {
    const reached = new Set(
      STATUSES.flatMap((status) => EVENTS.map(([event]) => nextStatus(status, event))),
    );
    for (const status of STATUSES) expect(reached).toContain(status);
  });
});
