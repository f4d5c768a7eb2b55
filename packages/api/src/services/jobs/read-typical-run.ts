import type { JobRow } from "@ob/db";
import { z } from "zod";
import { learnTypicalRun, type TypicalRun } from "../../domain/eta.ts";
import type { ServiceContext } from "../context.ts";

/** Runs of the same kind are expected to take the same time. */
export type KindOfRun = Pick<JobRow, "backend" | "serviceVersion" | "mode">;

const HISTORY_RUNS = 50;

const PastRuns = z.array(
  z.object({
    delayMs: z.number(),
    executionMs: z.number(),
    storeMs: z.number().nullable(),
    isWoken: z.boolean(),
  }),
);

/** How long runs like this one take, learnt from the last finished ones. */
export function readTypicalRun(ctx: ServiceContext, kind: KindOfRun): Promise<TypicalRun> {
  const read = async () =>
    learnTypicalRun(await readPastRuns(ctx, kind), typicalSecondsOf(ctx, kind));
  const key = [kind.backend, kind.serviceVersion, kind.mode].join(" ");
  return ctx.typicalRuns.recall(key, { now: ctx.now(), read });
}

async function readPastRuns(ctx: ServiceContext, kind: KindOfRun) {
  // A backend that reports no times of its own: what we saw ourselves stands in.
  const rows = await ctx.sql`
    with runs as (
      select a.job_id, a.id, a.intent_at, a.ended_at,
        coalesce(a.delay_ms, extract(epoch from a.started_at - a.submitted_at) * 1000) as delay_ms,
        coalesce(a.execution_ms, extract(epoch from a.ended_at - a.started_at) * 1000) as execution_ms
      from attempts a join jobs j on j.id = a.job_id
      where a.state = 'finished' and a.backend = ${kind.backend}
        and a.service_version = ${kind.serviceVersion} and j.mode = ${kind.mode}
        and coalesce(a.delay_ms, extract(epoch from a.started_at - a.submitted_at)) >= 0
        and coalesce(a.execution_ms, extract(epoch from a.ended_at - a.started_at)) >= 0
      order by a.ended_at desc nulls last
      limit ${HISTORY_RUNS}
    )
    select delay_ms::float8 as "delayMs", execution_ms::float8 as "executionMs",
      greatest(0, extract(epoch from r.created_at - runs.ended_at) * 1000)::float8 as "storeMs",
      exists (select from job_events e where e.job_id = runs.job_id and e.event = 'waking'
        and e.created_at >= runs.intent_at) as "isWoken"
    from runs left join results r on r.attempt_id = runs.id and r.job_id = runs.job_id`;
  return PastRuns.parse([...rows]);
}

function typicalSecondsOf({ registry }: ServiceContext, kind: KindOfRun): number {
  const modes = registry.version(kind.serviceVersion)?.contract.modes;
  return modes?.find((mode) => mode.id === kind.mode)?.typicalSeconds ?? 30;
}
