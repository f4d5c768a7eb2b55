import type { OperatorJob, OperatorJobsPage } from "@ob/api";

/** A page of jobs as a table for people. */
export function textOfJobs({ items, nextCursor }: OperatorJobsPage): string {
  const rows = items.map((job) => [
    job.id,
    at(job.createdAt),
    job.errorCode ?? (job.status === job.stage ? job.status : `${job.status}/${job.stage}`),
    job.serviceVersion,
    job.backend,
    job.troubles.join(" "),
    (job.lastFailure ?? "").replaceAll(/\s+/g, " ").slice(0, 80),
  ]);
  const head = ["job", "created", "state", "version", "backend", "troubles", "last failure"];
  const more = nextCursor === null ? "" : ` More: --cursor ${nextCursor}`;
  return `${table([head, ...rows])}${items.length} jobs.${more}\n`;
}

/** One job's life for people. */
export function textOfJob(shown: OperatorJob): string {
  const { job, next, gpu } = shown;
  const moments = shown.timeline.map((entry) => [
    entry.moment,
    at(entry.at),
    span(entry.sincePreviousMs),
    span(entry.sinceCreatedMs),
  ]);
  const attempts = shown.attempts.map((attempt) => [
    String(attempt.n),
    attempt.state,
    attempt.deadReason ?? "",
    attempt.runpodJobId ?? "",
    (attempt.failureMessage ?? "").replaceAll(/\s+/g, " ").slice(0, 100),
  ]);
  const trouble = shown.collectTrouble;
  const lines = [
    `Job ${job.id}: ${job.status}/${job.stage}${job.errorCode === null ? "" : ` (${job.errorCode})`}`,
    `${job.serviceVersion} ${job.mode} on ${job.backend}, ${job.credits} credits, owner ${job.ownerId}`,
    "",
    table([["moment", "at", "after", "since created"], ...moments]),
    `The GPU side says: waited ${span(gpu.delayMs) || "?"}, drew ${span(gpu.executionMs) || "?"}.`,
    "",
    table([["try", "state", "dead", "id there", "why"], ...attempts]),
    `Next: ${next.says}${next.dueAt === null ? "" : ` Looked at ${at(next.dueAt)}.`}`,
    ...(trouble === null
      ? []
      : [
          `Storing failed ${trouble.failures} times, last ${at(trouble.lastAt)}: ${trouble.message}`,
        ]),
    ...shown.incidents.map(
      (one) => `Incident ${one.id}: ${one.operation} ${one.cause}, ${one.occurrences} times`,
    ),
    ...shown.actions.map((one) => `${at(one.at)} ${one.author}: ${one.action}, ${one.reason}`),
  ];
  return `${lines.join("\n")}\n`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function at(moment: Date | null): string {
  return moment === null ? "-" : moment.toISOString().replace("T", " ").slice(0, 19);
}

function span(ms: number | null): string {
  if (ms === null) return "";
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}
