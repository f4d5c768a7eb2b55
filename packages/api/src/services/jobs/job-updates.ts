import { jobs, owners } from "@ob/db";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { eq, gt, inArray, or, sql } from "drizzle-orm";
import type { Job, JobUpdatesInput } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import { isTerminal, OPEN_STATUSES } from "../../domain/job-lifecycle.ts";
import type { CallerContext } from "../context.ts";
import { createWatchMarks, type WatchMarks } from "./watch-marks.ts";
import {
  type JobChanges,
  type NumberedJob,
  readChangedSince,
  readJob,
  readJobs,
  readJobsOfIds,
  tellAgain,
} from "./read-jobs.ts";

const NOTHING_NEW: JobChanges = { jobs: [], erased: [] };

type Updates = AsyncGenerator<TrackedEnvelope<Job>>;

/** Queue place and ETA are not events: they are sent again at most this often. */
const REFRESH_MS = 5_000;
/** Further behind than this a replay would be longer than starting afresh. */
const MAX_REPLAY_JOBS = 200;

/**
 * Follows one job, or all of the caller's. Every value is a whole snapshot under the owner's event
 * number; intermediate states of a job may merge, its terminal one is never missed by whoever resumes
 * after a number. With `jobId` the present snapshot comes first and the terminal one ends the stream.
 * @throws {AppError} JOB_NOT_FOUND
 */
export async function* jobUpdates(
  ctx: CallerContext,
  { jobId, lastEventId }: JobUpdatesInput,
  signal: AbortSignal,
): Updates {
  // Listening comes first: what happens from here on rings, what happened before is read.
  const bell = ctx.services.doorbell.listen(ctx.ownerId);
  const watch: Watch = {
    ...createWatchMarks(ctx),
    next(seen) {
      bell.saw(seen);
      return bell.next(REFRESH_MS, signal);
    },
    ended: () => signal.aborted,
  };
  try {
    if (jobId === undefined) yield* followAll(ctx, lastEventId ?? null, watch);
    else yield* followOne(ctx, jobId, watch);
  } finally {
    bell.close();
  }
}

interface Watch extends WatchMarks {
  /** Waits for news beyond the event number `seen`, or until what is open is to be told again. */
  readonly next: (seen: number) => Promise<"rung" | "timeout">;
  readonly ended: () => boolean;
}

async function* followOne(ctx: CallerContext, jobId: string, watch: Watch): Updates {
  const [first] = await Promise.all([readJob(ctx, jobId), watch.mark()]);
  if (first === null) throw new AppError("JOB_NOT_FOUND", { field: "jobId" });
  const refresh = createRefresh(ctx);
  let shown: NumberedJob | null = first;
  let sent = -1;
  // Null = erased meanwhile: there is nothing more to tell.
  while (shown !== null) {
    if (shown.seq > sent || refresh.isDue(shown)) {
      sent = Math.max(sent, shown.seq);
      refresh.note(shown);
      ctx.services.failpoint("stream.writing");
      noteSight(ctx, shown);
      yield tracked(String(sent), shown.job);
    }
    if (isTerminal(shown.job.status) || watch.ended()) return;
    const woken = await watch.next(shown.ownerSeq);
    if (watch.ended()) return;
    await watch.mark();
    const isKnown: boolean = woken === "timeout" && !isInLine(shown);
    shown = isKnown ? await tellAgain(ctx, shown) : await readJob(ctx, jobId);
  }
}

async function* followAll(ctx: CallerContext, lastEventId: string | null, watch: Watch): Updates {
  const refresh = createRefresh(ctx);
  const start = await findStart(ctx, lastEventId);
  let cursor = start.cursor;
  let news: JobChanges = { jobs: start.jobs, erased: [] };
  while (!watch.ended()) {
    // Most who watch have nothing open: they cost no statement until something rings.
    if (refresh.anyOpen() || news.jobs.some(isOpen)) await watch.mark();
    for (const shown of news.jobs) {
      cursor = Math.max(cursor, shown.seq);
      refresh.note(shown);
      ctx.services.failpoint("stream.writing");
      noteSight(ctx, shown);
      yield tracked(String(shown.seq), shown.job);
    }
    for (const { id, seq } of news.erased) {
      cursor = Math.max(cursor, seq);
      refresh.forget(id);
    }
    for (const open of await dueRefreshes(ctx, refresh, cursor)) {
      refresh.note(open);
      yield tracked(String(cursor), open.job);
    }
    const woken = await watch.next(cursor);
    if (watch.ended()) return;
    // A job's row carries its newest number, so one statement gives every change once, in order. A ring
    // that was lost is made up for by the doorbell's own slow poll.
    news = woken === "rung" ? await readChangedSince(ctx, cursor) : NOTHING_NEW;
  }
}

function isOpen({ job }: NumberedJob): boolean {
  return !isTerminal(job.status);
}

/** Whether its place in the queue changes without an event of its own. */
function isInLine({ job }: NumberedJob): boolean {
  return job.queuePosition !== null;
}

function noteSight(ctx: CallerContext, { job }: NumberedJob): void {
  if (isTerminal(job.status)) ctx.services.sightings.note(job.id);
}

/** Where a stream begins: after the last event seen, or, when that says nothing, with the open jobs. */
async function findStart(
  ctx: CallerContext,
  lastEventId: string | null,
): Promise<{ cursor: number; jobs: NumberedJob[] }> {
  const rows = await ctx.services.db
    .select({ lastSeq: owners.lastSeq })
    .from(owners)
    .where(eq(owners.id, ctx.ownerId));
  const newest = rows[0]?.lastSeq ?? 0;
  const seen = lastEventId !== null && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null;
  if (seen !== null && seen <= newest) {
    const missed = await readJobs(ctx, {
      where: gt(jobs.lastSeq, seen),
      orderBy: [sql`${jobs.lastSeq}`],
      limit: MAX_REPLAY_JOBS + 1,
    });
    if (missed.length <= MAX_REPLAY_JOBS) return { cursor: seen, jobs: missed };
  }
  // One statement: what ended since `newest` was read stands beside what is open.
  const where = or(inArray(jobs.status, OPEN_STATUSES), gt(jobs.lastSeq, newest));
  const present = await readJobs(ctx, { where, orderBy: [sql`${jobs.lastSeq}`], limit: null });
  return { cursor: newest, jobs: present };
}

/** Remembers each open job as it was last sent, to send queue place and ETA again. */
interface Refresh {
  note(shown: NumberedJob): void;
  /** Nothing of it may be sent any more. */
  forget(jobId: string): void;
  /** Whether the queue place or the ETA changed and long enough ago. */
  isDue(shown: NumberedJob): boolean;
  /** Whether any job shown so far has not ended. */
  anyOpen(): boolean;
  /** Jobs still open whose last snapshot is old enough to be told again. */
  stale(): NumberedJob[];
}

function createRefresh(ctx: CallerContext): Refresh {
  const notes = new Map<string, { atMs: number; shown: NumberedJob }>();
  const isOld = (atMs: number) => ctx.services.now().getTime() - atMs >= REFRESH_MS;
  return {
    note(shown) {
      const { id, status } = shown.job;
      if (isTerminal(status)) notes.delete(id);
      else notes.set(id, { atMs: ctx.services.now().getTime(), shown });
    },
    forget: (jobId) => void notes.delete(jobId),
    isDue({ job }) {
      const note = notes.get(job.id);
      return note !== undefined && isOld(note.atMs) && looksOf(note.shown.job) !== looksOf(job);
    },
    anyOpen: () => notes.size > 0,
    stale: () => [...notes.values()].filter(({ atMs }) => isOld(atMs)).map(({ shown }) => shown),
  };
}

function looksOf({ queuePosition, etaSeconds }: Job): string {
  return JSON.stringify([queuePosition, etaSeconds]);
}

async function dueRefreshes(
  ctx: CallerContext,
  refresh: Refresh,
  cursor: number,
): Promise<NumberedJob[]> {
  const stale = refresh.stale();
  const inLine = stale.filter(isInLine).map(({ job }) => job.id);
  const [found, told] = await Promise.all([
    inLine.length === 0 ? [] : readJobsOfIds(ctx, inLine),
    // Whoever watches long costs no statement: what changes a job but for the clock rings.
    Promise.all(stale.filter((shown) => !isInLine(shown)).map((shown) => tellAgain(ctx, shown))),
  ]);
  // What has changed since is news, with a number of its own, and comes next.
  return [...found, ...told].filter((shown) => shown.seq <= cursor && refresh.isDue(shown));
}
