import { type IncidentRecord, MAX_INCIDENT_ATTEMPTS, recordIncident, type Sql } from "@ob/db";
import type { FailedExchange, OnFailedExchange } from "@ob/runpod";
import type { Log } from "../context.ts";
import { createBackgroundRun } from "./background-run.ts";
import { exchangeJson } from "./exchange-json.ts";

/** Turns failed exchanges with the GPU side into rows for operators. */
export interface IncidentSink {
  /** Returns at once and never throws. */
  readonly record: OnFailedExchange;
  /** Resolves when everything recorded so far is written or given up. */
  settle(): Promise<void>;
}

/** Kinds of failures of one minute that wait to be written; each is a few KB at most. */
const MAX_WAITING = 100;
const MINUTE_MS = 60_000;

/** Failures of one backend, operation, cause and minute. */
interface Waiting {
  readonly first: FailedExchange;
  lastMs: number;
  occurrences: number;
  readonly filePrefixes: Set<string>;
  readonly runpodJobIds: Set<string>;
}

/**
 * Makes the sink of this process. The first failure of a kind in a minute is kept whole, the others
 * are counted; written in the background. What there is no room for is dropped, counted and logged.
 */
export function createIncidentSink({
  sql,
  log,
  newId,
}: {
  readonly sql: Sql;
  readonly log: Pick<Log, "warn" | "error">;
  readonly newId: () => string;
}): IncidentSink {
  const waiting = new Map<string, Waiting>();
  let dropped = 0;

  const background = createBackgroundRun(async () => {
    const batch = [...waiting];
    waiting.clear();
    let isAway = false;
    for (const [key, kind] of batch) {
      if (isAway) putBack(key, kind);
      else isAway = !(await write(key, kind));
    }
    if (dropped > 0) log.error("incidents.dropped", { dropped });
    dropped = 0;
  });

  /** False: the database cannot be asked at present. */
  async function write(key: string, kind: Waiting): Promise<boolean> {
    try {
      await recordIncident(sql, toRecord(kind, newId()));
      return true;
    } catch (cause) {
      const isRefused = isRefusal(cause);
      log.warn("incident.not-written", { kind: key, isRefused, cause });
      if (isRefused) dropped += kind.occurrences;
      else putBack(key, kind);
      return isRefused;
    }
  }

  /** Tried again with the next one of any kind. */
  function putBack(key: string, kind: Waiting): void {
    const newer = waiting.get(key);
    if (newer !== undefined) merge(kind, newer);
    else if (waiting.size >= MAX_WAITING) {
      dropped += kind.occurrences;
      return;
    }
    waiting.set(key, kind);
  }

  function take(exchange: FailedExchange): void {
    const minute = Math.floor(exchange.startedAt.getTime() / MINUTE_MS);
    const key = [exchange.backend, exchange.operation, exchange.cause, minute].join(" ");
    const known = waiting.get(key);
    const one = waitingOf(exchange);
    if (known !== undefined) merge(known, one);
    else if (waiting.size < MAX_WAITING) waiting.set(key, one);
    else dropped += 1;
    background.start();
  }

  return {
    record(exchange) {
      try {
        take(exchange);
      } catch (cause) {
        log.error("incident.unreadable", { cause });
      }
    },
    settle: () => background.settle(),
  };
}

/** Whether the database refuses what we sent (SQLSTATE 22, 23): then it will another time. */
function isRefusal(cause: unknown): boolean {
  return /^2[23]/.test(cause instanceof Error && "code" in cause ? String(cause.code) : "");
}

function waitingOf(first: FailedExchange): Waiting {
  return {
    first,
    lastMs: first.startedAt.getTime(),
    occurrences: 1,
    filePrefixes: new Set(first.filePrefix === null ? [] : [first.filePrefix]),
    runpodJobIds: new Set(first.runpodJobId === null ? [] : [first.runpodJobId]),
  };
}

function merge(into: Waiting, from: Waiting): void {
  into.occurrences += from.occurrences;
  into.lastMs = Math.max(into.lastMs, from.lastMs);
  addSome(into.filePrefixes, from.filePrefixes);
  addSome(into.runpodJobIds, from.runpodJobIds);
}

function addSome(into: Set<string>, from: ReadonlySet<string>): void {
  for (const name of from) {
    if (into.size >= MAX_INCIDENT_ATTEMPTS) return;
    into.add(name);
  }
}

function toRecord(kind: Waiting, id: string): IncidentRecord {
  const { backend, operation, cause, startedAt } = kind.first;
  return {
    id,
    backend,
    operation,
    cause,
    firstAt: startedAt,
    lastAt: new Date(Math.max(kind.lastMs, startedAt.getTime())),
    occurrences: kind.occurrences,
    filePrefixes: [...kind.filePrefixes],
    runpodJobIds: [...kind.runpodJobIds],
    exchangeJson: exchangeJson(kind.first),
  };
}
