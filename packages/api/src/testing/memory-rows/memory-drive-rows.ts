import type { JobRow } from "@ob/db";
import type { DriveRows, PictureKeys } from "../../services/jobs/drive/drive-rows.ts";
import { applyJob } from "./apply-job.ts";
import { createJobRow } from "./create-job-row.ts";
import { intendAttempt, slotsTaken } from "./intend-attempt.ts";
import { byAge, claimDue, renewLease, schedule, wake, wakeByToken } from "./lease-jobs.ts";
import { commit, findAttempt, type MemoryTables, newestAttempt } from "./memory-tables.ts";
import { moveAttempt } from "./move-attempt.ts";

/**
 * The rows in memory: an executable model of the tables, their functions and their constraints.
 * What PostgreSQL refuses, it refuses by the same name. Every call happens at once.
 */
export function createMemoryDriveRows(tables: MemoryTables): DriveRows {
  return {
    create: async (o) => createJobRow(tables, o),
    async apply(o) {
      const job = applyJob(tables, o);
      return job === null ? null : { ownerId: job.ownerId, seq: job.lastSeq, job };
    },
    async applyAttempt({ attemptId, from, to, patch, now, jobDueAt }) {
      const before = findAttempt(tables, ({ id }) => id === attemptId);
      if (before === null) return false;
      const { jobId } = before;
      const attempt = moveAttempt(tables, { attemptId, jobId, from, to, patch, now });
      if (attempt === null) return false;
      const job = tables.jobs.get(jobId);
      const isDue = job !== undefined && jobDueAt !== undefined;
      commit(tables, { attempt, ...(isDue ? { job: { ...job, dueAt: jobDueAt } } : {}) });
      return true;
    },
    intend: async (o) => intendAttempt(tables, o),
    wake: async (o) => wake(tables, o),
    wakeByToken: async (o) => wakeByToken(tables, o),
    claimDue: async (o) => claimDue(tables, o),
    renewLease: async (o) => renewLease(tables, o),
    schedule: async (o) => schedule(tables, o),
    ...createReads(tables),
    async planErasures({ keys, dueAt }) {
      for (const key of keys) if (!tables.erasures.has(key)) tables.erasures.set(key, dueAt);
    },
    // Only operators read it.
    noteCollectTrouble: async () => {},
    async takeBackErasures(keys) {
      const used = new Set(
        [...tables.results.values()].flatMap(({ objectKey, previewKey }) => [
          objectKey,
          previewKey,
        ]),
      );
      for (const key of keys) if (used.has(key)) tables.erasures.delete(key);
    },
  };
}

function picturesOf(tables: MemoryTables, job: JobRow): PictureKeys {
  const keyOf = (assetId: string) => tables.assets.get(assetId)?.objectKey ?? null;
  const extras = tables.extras.get(job.id) ?? [];
  return {
    image: keyOf(job.imageAssetId),
    mask: job.maskAssetId === null ? null : keyOf(job.maskAssetId),
    extras: extras.map((assetId) => ({ assetId, objectKey: keyOf(assetId) })),
  };
}

type Reads = Pick<
  DriveRows,
  "read" | "readOwned" | "readAttempt" | "countSlotsTaken" | "countQueuedAhead" | "findNextWaiting"
>;

function createReads(tables: MemoryTables): Reads {
  return {
    async read({ jobId, now }) {
      const job = tables.jobs.get(jobId);
      if (job === undefined) return null;
      const until = tables.owners.get(job.ownerId)?.watchedUntil ?? null;
      const watched = until !== null && until > now;
      return {
        job,
        attempt: newestAttempt(tables, jobId),
        watched,
        pictures: picturesOf(tables, job),
      };
    },
    async readOwned({ jobId, ownerId }) {
      const job = tables.jobs.get(jobId);
      if (job === undefined || job.ownerId !== ownerId || job.erasedAt !== null) return null;
      const { id, status, stage, cancelRequestedAt } = job;
      return { id, status, stage, cancelRequestedAt };
    },
    readAttempt: async (attemptId) => findAttempt(tables, ({ id }) => id === attemptId),
    countSlotsTaken: async (backend) => slotsTaken(tables, backend),
    async countQueuedAhead({ id, backend, createdAt }) {
      const isBefore = (other: { id: string; createdAt: Date }) =>
        other.createdAt < createdAt ||
        (other.createdAt.getTime() === createdAt.getTime() && other.id < id);
      return [...tables.jobs.values()].filter(
        (job) => job.backend === backend && job.status === "queued" && isBefore(job),
      ).length;
    },
    async findNextWaiting({ backend, now, failedBefore }) {
      const waiting = [...tables.jobs.values()].filter(
        (job) =>
          job.backend === backend &&
          job.status === "queued" &&
          job.dueAt !== null &&
          job.dueAt > now &&
          job.dueAt > job.createdAt &&
          (tables.attempts.get(job.id) ?? []).every(
            ({ state, endedAt }) => state === "dead" && endedAt !== null && endedAt <= failedBefore,
          ),
      );
      return waiting.toSorted(byAge)[0]?.id ?? null;
    },
  };
}
