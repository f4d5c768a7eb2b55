import { parseArgs } from "node:util";
import { JOB_STATUSES, type JobStatus, OPERATOR_ORDERS, type OperatorOrder } from "@ob/db";
import { readDuration, readId, readName, readWhole, readWords } from "./read-arguments.ts";

/** What the operator wants of `npm run jobs`. */
export type JobsOrder =
  | {
      readonly kind: "list";
      readonly sinceMs: number;
      readonly status: JobStatus | null;
      readonly trouble: "stuck" | "late" | null;
      readonly failedSinceMs: number | null;
      readonly backend: string | null;
      readonly ownerId: string | null;
      readonly cursor: string | null;
      readonly limit: number;
      readonly isText: boolean;
    }
  | { readonly kind: "show"; readonly jobId: string; readonly isText: boolean }
  | {
      readonly kind: "order";
      readonly action: OperatorOrder;
      readonly jobId: string;
      /** Null = whoever is logged in. */
      readonly author: string | null;
      readonly reason: string;
      /** Of `extend`. */
      readonly minutes: number;
    };

export const JOBS_USAGE = `Usage: jobs list [--status <status>] [--stuck | --late] [--failed-since 2h] [--backend <name>]
            [--owner <id>] [--since 7d] [--limit 50] [--cursor <next>] [--text]
       jobs show <id> [--text]
       jobs reconcile | replay <id> [--reason <why>] [--by <who>]
       jobs retry | cancel <id> --reason <why> [--by <who>]
       jobs extend <id> --minutes 10 --reason <why> [--by <who>]`;

const OPTIONS = {
  status: { type: "string" },
  stuck: { type: "boolean" },
  late: { type: "boolean" },
  "failed-since": { type: "string" },
  backend: { type: "string" },
  owner: { type: "string" },
  since: { type: "string" },
  limit: { type: "string" },
  cursor: { type: "string" },
  text: { type: "boolean" },
  reason: { type: "string" },
  by: { type: "string" },
  minutes: { type: "string" },
} as const;
type Given = { [Name in keyof typeof OPTIONS]?: string | boolean };

/** Which options go with which verb. */
const LIST = [
  "status",
  "stuck",
  "late",
  "failed-since",
  "backend",
  "owner",
  "since",
  "limit",
  "cursor",
  "text",
] as const;
const ORDER = ["reason", "by"] as const;

/** Reads the arguments of `npm run jobs`. @throws {Error} one sentence on what cannot be understood */
export function readJobsOrder(args: readonly string[]): JobsOrder {
  const parsed = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [verb, id, ...rest] = parsed.positionals;
  if (verb === undefined || rest.length > 0) throw new Error(JOBS_USAGE);
  const given: Given = parsed.values;
  if (verb === "list" && id === undefined) return readList(given);
  if (id === undefined) throw new Error(JOBS_USAGE);
  const jobId = readId("job", id);
  if (verb === "show") {
    only(given, ["text"]);
    return { kind: "show", jobId, isText: given.text === true };
  }
  if (!OPERATOR_ORDERS.some((action) => action === verb)) throw new Error(JOBS_USAGE);
  return readOrder(readName("order", verb, OPERATOR_ORDERS), jobId, given);
}

function readList(given: Given): JobsOrder {
  only(given, LIST);
  if (given.stuck === true && given.late === true) throw new Error("--stuck or --late, not both.");
  const text = (name: keyof Given) => (typeof given[name] === "string" ? given[name] : null);
  const failedSince = text("failed-since");
  const status = text("status");
  const owner = text("owner");
  return {
    kind: "list",
    sinceMs: readDuration("since", text("since") ?? "7d"),
    status: status === null ? null : readName("status", status, JOB_STATUSES),
    trouble: given.stuck === true ? "stuck" : given.late === true ? "late" : null,
    failedSinceMs: failedSince === null ? null : readDuration("failed-since", failedSince),
    backend: text("backend"),
    ownerId: owner === null ? null : readId("owner", owner),
    cursor: text("cursor"),
    limit: readWhole("limit", text("limit") ?? "50", { min: 1, max: 500 }),
    isText: given.text === true,
  };
}

/** Looking again needs no reason; what changes somebody's job does. */
const REASONS = {
  reconcile: "by hand",
  replay: "by hand",
  retry: null,
  cancel: null,
  extend: null,
} as const satisfies Record<OperatorOrder, string | null>;

function readOrder(action: OperatorOrder, jobId: string, given: Given): JobsOrder {
  only(given, action === "extend" ? [...ORDER, "minutes"] : ORDER);
  const reason = given.reason ?? REASONS[action];
  if (typeof reason !== "string") throw new Error(`${action} needs --reason <why>.`);
  const minutes = typeof given.minutes === "string" ? given.minutes : "10";
  return {
    kind: "order",
    action,
    jobId,
    author: typeof given.by === "string" ? readWords("by", given.by, 100) : null,
    reason: readWords("reason", reason, 500),
    minutes: readWhole("minutes", minutes, { min: 1, max: 30 }),
  };
}

function only(given: Given, allowed: readonly string[]): void {
  const other = Object.keys(given).find((name) => !allowed.includes(name));
  if (other !== undefined) throw new Error(`--${other} does not go with that.\n${JOBS_USAGE}`);
}
