import { FAILPOINTS, type Failpoint } from "../../src/services/failpoint.ts";

/** Everything that goes wrong in a world; each must happen in a run of them, or the run proves too little. */
export const FAULTS = [
  // Submits.
  "submit: 429",
  "submit: 429 with Retry-After",
  "submit: 4xx",
  "submit: no connection",
  "submit: request lost",
  "submit: answer lost",
  "submit: 5xx, not queued",
  "submit: 5xx, but queued",
  "submit: HTML",
  "submit: late for its five seconds",
  "submit: sent after a pause",
  "submit: sent after the margin",
  // The GPU side.
  "gpu: long queue",
  "gpu: killed by its TTL",
  "gpu: execution timeout",
  "gpu: failed",
  "gpu: out of memory",
  "gpu: validation",
  "gpu: completed without output",
  "gpu: output of another",
  "gpu: frozen in progress",
  "gpu: stale queue",
  "gpu: result thrown away",
  "gpu: key refused",
  "gpu: away",
  "status: error",
  "cancel: error",
  "cancel: error after its effect",
  // Webhooks.
  "webhook: lost",
  "webhook: late",
  "webhook: duplicate",
  "webhook: forged",
  "webhook: of another's id",
  "webhook: bound",
  // Us.
  "store: put fails",
  "store: put fails after its effect",
  "store: away",
  "imaging: cannot prepare",
  "imaging: cannot decode",
  "imaging: trips",
  "database: away",
  "database: answer lost",
  "lease: lapsed in a pause",
  "clock: skewed",
  "process: killed at any moment",
  // People.
  "user: cancels",
  "user: asks again",
  "operator: extends",
] as const;

export type Fault = (typeof FAULTS)[number] | `crash: ${Failpoint}`;

/** Failpoints of requests that no world makes. */
const ELSEWHERE: readonly Failpoint[] = ["stream.writing", "upload.receiving", "upload.received"];

export const CRASHES = FAILPOINTS.filter((name) => !ELSEWHERE.includes(name)).map(
  (name) => `crash: ${name}` as const,
);

/** How often each has happened. */
export type FaultCounts = Map<Fault, number>;

export function countFault(counts: FaultCounts, fault: Fault): void {
  counts.set(fault, (counts.get(fault) ?? 0) + 1);
}
