import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  carryOutOrder,
  DEFAULT_GPU_SETTINGS,
  type JobOrder,
  listOperatorJobs,
  type OrderOutcome,
  showOperatorJob,
} from "@ob/api";
import { openDb } from "@ob/db";
import { readProcessEnv } from "../env.ts";
import { parseSupervisorSettings } from "../supervisor/settings.ts";
import { adviceFor } from "./advice-for.ts";
import { textOfJob, textOfJobs } from "./jobs-text.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";
import { openOperatorServices } from "./open-operator-services.ts";
import { type JobsOrder, readJobsOrder } from "./read-jobs-order.ts";
import { printDocument, runCommand } from "./run-command.ts";

// `npm run jobs -- list | show | reconcile | retry | cancel | extend | replay`: one JSON document on
// stdout (or a table with --text). Exit 0: done; 1: refused or not there; 2: could not be asked.

const FOLLOW_MS = 30_000;

async function main(): Promise<number> {
  const order = readJobsOrder(process.argv.slice(2));
  const { dataDir, databaseUrl } = parseSupervisorSettings(readProcessEnv());
  const database = await openOperatorDatabase({ dataDir, databaseUrl });
  try {
    return order.kind === "order"
      ? await obey(order, database.url)
      : await look(order, database.url);
  } finally {
    await database.close();
  }
}

type Look = Exclude<JobsOrder, { kind: "order" }>;

async function look(order: Look, url: string): Promise<number> {
  const connection = openDb({ url, poolSize: 1, applicationName: "ob-jobs" });
  try {
    const ctx = { ...connection, now: () => new Date(), gpuSettings: DEFAULT_GPU_SETTINGS };
    return order.kind === "list" ? await list(ctx, order) : await show(ctx, order);
  } finally {
    await connection.close(5_000);
  }
}

type LookContext = Parameters<typeof listOperatorJobs>[0] & Parameters<typeof showOperatorJob>[0];

async function list(ctx: LookContext, order: Extract<Look, { kind: "list" }>): Promise<number> {
  const before = (ms: number) => new Date(ctx.now().getTime() - ms);
  const { sinceMs, failedSinceMs, isText, ...filter } = order;
  const page = await listOperatorJobs(ctx, {
    ...filter,
    since: before(sinceMs),
    failedSince: failedSinceMs === null ? null : before(failedSinceMs),
  });
  if (isText) process.stdout.write(textOfJobs(page));
  else printDocument({ ok: true, ...page });
  return 0;
}

async function show(
  ctx: LookContext,
  { jobId, isText }: Extract<Look, { kind: "show" }>,
): Promise<number> {
  const shown = await showOperatorJob(ctx, jobId);
  if (shown === null) {
    printDocument({ ok: false, code: "NOT_FOUND", error: "There is no such job." });
    return 1;
  }
  const incidents = shown.incidents.map((one) => ({ ...one, advice: adviceFor(one.cause) }));
  if (isText) process.stdout.write(textOfJob(shown));
  else printDocument({ ok: true, ...shown, incidents });
  return 0;
}

async function obey(order: Extract<JobsOrder, { kind: "order" }>, url: string): Promise<number> {
  const opened = await openOperatorServices(readProcessEnv(), url);
  try {
    const ctx = { services: opened.services, sleep, followMs: FOLLOW_MS };
    return report(await carryOutOrder(ctx, toJobOrder(order)));
  } finally {
    await opened.close();
  }
}

function toJobOrder(order: Extract<JobsOrder, { kind: "order" }>): JobOrder {
  const { jobId, reason, minutes, action } = order;
  const note = { jobId, reason, author: order.author ?? userInfo().username };
  switch (action) {
    case "retry":
      return { ...note, action, requestId: randomUUID() };
    case "extend":
      return { ...note, action, minutes };
    case "reconcile":
    case "replay":
    case "cancel":
      return { ...note, action };
  }
}

function report(outcome: OrderOutcome): number {
  switch (outcome.kind) {
    case "not-found":
      printDocument({ ok: false, code: "NOT_FOUND", error: "There is no such job." });
      return 1;
    case "refused":
      printDocument({ ok: false, code: outcome.code, error: "The rules do not allow it." });
      return 1;
    case "retried":
    case "extended":
      printDocument({ ok: true, ...outcome });
      return 0;
    case "followed": {
      const says =
        outcome.after === null
          ? `Woken; nothing had changed after ${FOLLOW_MS / 1_000} s.`
          : "Something changed.";
      printDocument({ ok: true, says, ...outcome });
      return 0;
    }
  }
}

await runCommand(main);
