import { estimateEta, type EtaQuestion, type EtaSeconds } from "../../domain/eta.ts";
import { isTerminal } from "../../domain/job-lifecycle.ts";
import type { CallerContext } from "../context.ts";
import type { JobReading } from "./job-reader.ts";
import { type KindOfRun, readTypicalRun } from "./read-typical-run.ts";

/** What the time left of a job is told from, but for the clock and what runs usually take. */
export interface JobTiming extends KindOfRun, Omit<EtaQuestion, "slots" | "now"> {}

/** Takes it from the rows; null = the job has ended. */
export function timingOf({ job, ...row }: JobReading): JobTiming | null {
  if (isTerminal(job.status)) return null;
  const isAlive = row.attemptState !== "dead";
  return {
    backend: job.backend,
    serviceVersion: job.serviceVersion,
    mode: job.mode,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    aheadInBacklog: row.ahead ?? 0,
    submittedAt: isAlive ? row.submittedAt : null,
    startedAt: isAlive ? row.attemptStartedAt : null,
    // The end of drawing is the last event of a job that is being stored.
    storingSince: job.status === "storing" ? job.updatedAt : null,
  };
}

/** What is left of a job at this moment; null = a figure would be a guess. */
export async function tellEta(ctx: CallerContext, timing: JobTiming): Promise<EtaSeconds | null> {
  const { gpus, gpuSettings, now } = ctx.services;
  // Nobody knows when a backend that is down is back: no figure is honest.
  if (gpus.isDown(timing.backend)) return null;
  const typical = await readTypicalRun(ctx.services, timing);
  return estimateEta({ ...timing, slots: gpuSettings.maxInFlight, now: now() }, typical);
}
