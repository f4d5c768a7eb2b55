import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChaosStudio } from "./chaos-studio.ts";

interface Moment {
  readonly at: Date;
  readonly text: string;
}

/** Everything that rows and logs know of one job, in the order of time. */
export async function readTimeline(studio: ChaosStudio, jobId: string): Promise<string[]> {
  const moments = [...(await readRows(studio, jobId)), ...readLogs(studio, jobId)];
  return moments
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text }) => `${at.toISOString()} ${text}`);
}

async function readRows(studio: ChaosStudio, jobId: string): Promise<Moment[]> {
  const rows = await studio.database.sql()<{ at: Date; text: string }[]>`
    select created_at as at, 'event ' || event || ' -> ' || status || ' ' || stage
      || coalesce(' ' || code, '') as text from job_events where job_id = ${jobId}
    union all
    select created_at, 'credits ' || kind || ' ' || amount from credit_transfers where job_id = ${jobId}
    union all
    select moment, 'attempt ' || n || ' ' || what from attempts, lateral (values
      (intent_at, 'intent'), (sent_at, 'sent'), (submitted_at, 'submitted as ' || coalesce(runpod_job_id, '?')),
      (ended_at, state || coalesce(': ' || dead_reason, '') || coalesce(' (' || failure_message || ')', ''))
    ) as steps(moment, what) where job_id = ${jobId} and moment is not null`;
  return [...rows].map(({ at, text }) => ({ at: new Date(at), text }));
}

function readLogs(studio: ChaosStudio, jobId: string): Moment[] {
  const folder = join(studio.folder, "logs");
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line.includes(jobId))
      .map((line) => ({ at: timeIn(line), text: `${name}: ${line}` })),
  );
}

function timeIn(line: string): Date {
  return new Date(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0] ?? 0);
}
