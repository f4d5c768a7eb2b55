import type { JobRow } from "@ob/db";
import { z } from "zod";
import { learnTypicalRun, type TypicalRun } from "../../domain/eta.ts";
import type { ServiceContext } from "../context.ts";

type KindOfRun = Pick<JobRow, "backend" | "serviceVersion" | "mode">;

const HISTORY_RUNS = 50;

const PastRuns = z.array(z.object({ delayMs: z.number(), executionMs: z.number() }));

/** Jobs with the same key are expected to take the same time. */
export function typicalRunKey(job: KindOfRun): string {
  return [job.backend, job.serviceVersion, job.mode].join(" ");
}

/** Learns from the last finished runs how long jobs like these take, one entry per {@link typicalRunKey}. */
export async function readTypicalRuns(
  ctx: ServiceContext,
  jobs: readonly KindOfRun[],
): Promise<ReadonlyMap<string, TypicalRun>> {
  const kinds = new Map(jobs.map((job) => [typicalRunKey(job), job]));
  const entries = [...kinds].map(async ([key, kind]) => {
    const runs = await readPastRuns(ctx, kind);
    return [key, learnTypicalRun(runs, typicalSecondsOf(ctx, kind))] as const;
  });
  return new Map(await Promise.all(entries));
}

async function readPastRuns(ctx: ServiceContext, kind: KindOfRun) {
  const rows = await ctx.sql`
    select a.delay_ms as "delayMs", a.execution_ms as "executionMs"
    from attempts a join jobs j on j.id = a.job_id
    where a.state = 'finished' and a.backend = ${kind.backend}
      and a.service_version = ${kind.serviceVersion} and j.mode = ${kind.mode}
      and a.delay_ms is not null and a.execution_ms is not null
    order by a.ended_at desc nulls last
    limit ${HISTORY_RUNS}`;
  return PastRuns.parse([...rows]);
}

function typicalSecondsOf({ registry }: ServiceContext, kind: KindOfRun): number {
  const modes = registry.version(kind.serviceVersion)?.contract.modes;
  return modes?.find((mode) => mode.id === kind.mode)?.typicalSeconds ?? 30;
}
