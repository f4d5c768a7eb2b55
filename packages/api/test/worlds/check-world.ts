import type { JobRow } from "@ob/db";
import type { AttemptRow } from "../../src/services/jobs/drive/drive-rows.ts";
import { isLive as isLiveAttempt } from "../../src/testing/memory-rows/memory-tables.ts";
import type { MemoryStore } from "../../src/testing/memory-store.ts";
import { sha256Hex } from "../../src/services/sha256-hex.ts";
import { DEFAULT_GPU_SETTINGS } from "../../src/domain/gpu-settings.ts";
import type { GpuTruth, TrueRun } from "./gpu-truth.ts";
import type { WatchedTables } from "./watch-tables.ts";

/** Something happened that never may. */
export class Violation extends Error {
  override readonly name = "Violation";
}

export interface CheckOptions {
  readonly tables: WatchedTables;
  readonly store: MemoryStore;
  readonly truth: GpuTruth;
  /** Credits each owner was given. */
  readonly granted: number;
  readonly maxInFlight: number;
  /** A move of a job, told once each. */
  readonly onEvent: (from: string, event: string) => void;
}

export interface WorldCheck {
  /** Looks at whatever was written since it last looked. @returns whether anything was. @throws {Violation} */
  afterStep(): boolean;
}

function must(holds: boolean, what: string, about: unknown): void {
  if (!holds) throw new Violation(`${what}: ${JSON.stringify(about)}`);
}

const TERMINAL = new Set(["done", "failed", "cancelled"]);

/** Makes a check that has seen nothing yet. */
export function createWorldCheck(o: CheckOptions): WorldCheck {
  const { tables } = o;
  const ended = new Map<string, string>();
  const statuses = new Map<string, string>();
  const seqs = new Map<string, number>();
  const ledgers = new Map<string, { available: number; held: number; spent: number }>();
  const dead = new Set<string>();
  let events = 0;
  let transfers = 0;

  function readEvents(): void {
    for (; events < tables.events.length; events += 1) {
      const event = tables.events[events];
      if (event === undefined) return;
      const { ownerId, seq, jobId } = event;
      must(seq === (seqs.get(ownerId) ?? 0) + 1, "9: events have a gap or a repeat", event);
      seqs.set(ownerId, seq);
      const job = tables.jobs.get(jobId);
      must(job?.ownerId === ownerId, "10: an event of another owner", event);
      if (job?.lastSeq === seq) must(event.status === job.status, "9: the last event lies", event);
      const isWished = job !== undefined && job.cancelRequestedAt !== null;
      const failsWish = event.event === "died" || event.event === "gaveUp";
      must(!(isWished && failsWish), "a wish to cancel was forgotten", event);
      o.onEvent(statuses.get(jobId) ?? "none", event.event);
      statuses.set(jobId, event.status);
    }
  }

  function readTransfers(): void {
    for (; transfers < tables.transfers.length; transfers += 1) {
      const transfer = tables.transfers[transfers];
      if (transfer === undefined) return;
      const { ownerId, kind, amount, jobId } = transfer;
      const ledger = ledgers.get(ownerId) ?? { available: o.granted, held: 0, spent: 0 };
      if (kind === "hold") ledger.available -= amount;
      if (kind === "release") ledger.available += amount;
      ledger.held += kind === "hold" ? amount : -amount;
      if (kind === "capture") ledger.spent += amount;
      ledgers.set(ownerId, ledger);
      const job = jobId === null ? undefined : tables.jobs.get(jobId);
      must(job?.ownerId === ownerId, "10: a transfer of another owner", transfer);
      must(job?.credits === amount, "a transfer of another amount", transfer);
    }
  }

  function checkOwner(ownerId: string): void {
    const owner = tables.owners.get(ownerId);
    const { available, held, spent } = ledgers.get(ownerId) ?? {
      available: o.granted,
      held: 0,
      spent: 0,
    };
    must(
      owner?.available === available && owner.held === held && available >= 0 && held >= 0,
      "1: balances are not what the transfers say",
      { owner, available, held },
    );
    must(available + held + spent === o.granted, "1: credits were lost or made", { ownerId });
    let open = 0;
    for (const job of tables.jobs.values()) {
      if (job.ownerId === ownerId && !TERMINAL.has(job.status)) open += job.credits;
    }
    must(open === held, "2: held is not the price of what is open", { open, held });
  }

  function checkJob(job: JobRow): void {
    const settled = tables.transfers.filter(
      ({ jobId, kind }) => jobId === job.id && kind !== "hold",
    );
    const isEnded = TERMINAL.has(job.status);
    must(settled.length === (isEnded ? 1 : 0), "3: not settled once", { job, settled });
    const before = ended.get(job.id);
    if (isEnded) {
      const face = JSON.stringify([job.status, job.errorCode, job.lastSeq, job.finishedAt]);
      must(before === undefined || before === face, "5: an end was changed", { before, face });
      if (before === undefined) checkDelivery(o, job, settled[0]?.kind);
      ended.set(job.id, face);
    } else {
      must(before === undefined, "5: an ended job came back", job);
    }
  }

  function checkAttempts(job: JobRow): void {
    const ofJob = tables.attempts.get(job.id) ?? [];
    must(ofJob.filter(isLiveAttempt).length <= 1, "7: several live attempts", job.id);
    ofJob.forEach((attempt, at) => {
      must(attempt.n === at + 1, "7: attempts have a gap", attempt);
      const next = ofJob[at + 1];
      if (next === undefined) return;
      const isOver = attempt.state === "dead" && attempt.endedAt !== null;
      // Clocks of two processes may differ by some seconds.
      const endedMs = isOver ? (attempt.endedAt?.getTime() ?? Infinity) : Infinity;
      must(endedMs <= next.intentAt.getTime() + 10_000, "7: begun before the last was dead", next);
    });
    for (const attempt of ofJob) {
      checkBinding(o.truth, attempt);
      if (attempt.state !== "dead" || dead.has(attempt.id)) continue;
      dead.add(attempt.id);
      checkDeath(o.truth, attempt, job);
    }
  }

  return {
    afterStep() {
      const written = tables.takeWritten();
      if (written.size === 0) return false;
      readTransfers();
      readEvents();
      const owners = new Set<string>();
      for (const jobId of written) {
        const job = tables.jobs.get(jobId);
        if (job === undefined) continue;
        checkJob(job);
        checkAttempts(job);
        owners.add(job.ownerId);
      }
      for (const ownerId of owners) checkOwner(ownerId);
      checkSlots(o);
      return true;
    },
  };
}

function checkDelivery({ tables, store }: CheckOptions, job: JobRow, kind: string | undefined) {
  const result = tables.results.get(job.id);
  must((job.status === "done") === (result !== undefined), "4: done without a result", job);
  must((kind === "capture") === (job.status === "done"), "4: captured without delivery", job);
  if (result === undefined) return;
  const bytes = store.objects.get(result.objectKey);
  must(bytes !== undefined && sha256Hex(bytes) === result.sha256, "4: nothing is stored", result);
  must(store.objects.has(result.previewKey), "4: no preview is stored", result);
}

/** Only a run of the attempt's own may ever stand in its row. */
function checkBinding(truth: GpuTruth, { runpodJobId, filePrefix, id }: AttemptRow): void {
  if (runpodJobId === null) return;
  const run = truth.find(runpodJobId);
  must(run?.filePrefix === filePrefix, "an attempt has another's run", { id, runpodJobId });
}

/** What is called dead must be dead, and for the reason that is told. */
function checkDeath(truth: GpuTruth, attempt: AttemptRow, job: JobRow): void {
  const { id, runpodJobId, filePrefix, deadReason } = attempt;
  const runs = truth.runs.filter((run) => run.filePrefix === filePrefix);
  const { sendWithinMs, httpTimeoutMs, marginMs } = DEFAULT_GPU_SETTINGS;
  const lastMs = attempt.intentAt.getTime() + sendWithinMs + httpTimeoutMs + marginMs;
  // A request that left after the whole margin of an ended job can only be waited out by RunPod.
  const isExcused = (run: TrueRun) =>
    deadReason === "ttl" && run.bornMs > lastMs && job.finishedAt !== null;
  const living = runs.filter((run) => truth.isLive(run) && !isExcused(run));
  must(living.length === 0, "8: called dead, but it runs", { id, deadReason });
  const run: TrueRun | undefined = runs.find((other) => other.id === runpodJobId);
  const isReadable = run !== undefined && !run.isGone && run.state === "COMPLETED";
  const isTold =
    deadReason === "failed" || deadReason === "timed-out" || deadReason === "cancelled";
  must(!(isReadable && isTold), "a completed run was called failed", { id, deadReason });
}

function checkSlots({ tables, maxInFlight }: CheckOptions): void {
  let taken = 0;
  for (const [jobId, ofJob] of tables.attempts) {
    const isOpen = tables.jobs.get(jobId)?.finishedAt === null;
    for (const attempt of ofJob) {
      // One of an ended job holds no slot while it is unknown, and may turn out to be queued later.
      if (isOpen && isLiveAttempt(attempt)) taken += 1;
    }
  }
  must(taken <= maxInFlight, "more in flight than there are slots", { taken, maxInFlight });
}
