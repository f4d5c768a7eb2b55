import type { assets, Db, Sql } from "@ob/db";
import type { Imaging } from "@ob/imaging";
import type { PromptRewriter, ServiceRegistry } from "@ob/workflow";
import type { TypicalRun } from "../domain/eta.ts";
import type { GpuSettings } from "../domain/gpu-settings.ts";
import type { PriceList } from "../domain/prices.ts";
import type { ReachFailpoint } from "./failpoint.ts";
import type { GpuFleet } from "./gpus/gpu-fleet.ts";
import type { DriveRows } from "./jobs/drive/drive-rows.ts";
import type { JobReader } from "./jobs/job-reader.ts";
import type { Sightings } from "./operations/sightings.ts";
import type { SharedWork } from "./shared-work.ts";
import type { ShortMemory } from "./short-memory.ts";
import type { VersionShares } from "./versions/choose-version.ts";
import type { WorkLimit } from "./work-limit.ts";

/** One line per event, JSON by the server; values are redacted there. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** An object as a listing tells of it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Objects by key. Keys are unguessable and contain the content's sha256 (raw uploads apart). */
export interface ObjectStore {
  /** Stores whole or not at all; the same key with the same bytes is a no-op. @throws when the key holds other bytes. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Null = no such object. */
  get(key: string): Promise<Uint8Array | null>;
  /** Null = no such object. `sha256` is lower-case hex of what is stored. */
  head(key: string): Promise<{ bytes: number; sha256: string } | null>;
  /** Null = no such object. Cheaper than `head`: nothing is read or hashed. */
  size(key: string): Promise<number | null>;
  delete(key: string): Promise<void>;
  /**
   * At most `limit` objects whose keys begin with `prefix` (a kind, `/` and at least two hex digits)
   * and come after `after`, in the order of their keys; fewer = there are no more.
   */
  list(page: { prefix: string; after: string; limit: number }): Promise<readonly ListedObject[]>;
  /** An upload target that takes one PUT of exactly `bytes` bytes. */
  presignPut(request: {
    key: string;
    uploadId: string;
    contentType: string;
    bytes: number;
    expiresAt: Date;
    origin: string;
  }): Promise<{ url: string; headers: Record<string, string> }>;
  /** A signed, absolute GET URL, valid about an hour, rounded so that lists stay cacheable. */
  signedUrl(request: {
    key: string;
    disposition: "inline" | "attachment";
    now: Date;
    origin: string;
  }): string;
}

/** Tells listeners, of this process and others, that an owner has news. Called after commit. */
export interface Doorbell {
  /** Coalesced; at most one NOTIFY in flight per process. */
  ring(ownerId: string): void;
  listen(ownerId: string): Bell;
}

/** Of one listener. */
export interface Bell {
  /** Resolves at each ring for his owner (also from other replicas, and from a slow poll); missed rings coalesce. */
  next(timeoutMs: number, signal: AbortSignal): Promise<"rung" | "timeout">;
  /** The owner's newest event number he has read: the slow poll rings for what is newer. */
  saw(seq: number): void;
  close(): void;
}

/** Everything a use case needs. Built once by the process; nothing here is global. */
export interface ServiceContext {
  readonly db: Db;
  readonly sql: Sql;
  /** The same for what a crash of the database may take back: it waits for no disk. */
  readonly hints: Sql;
  /** The rows of the lifecycle. */
  readonly rows: DriveRows;
  /** The reads of jobs that streams repeat. */
  readonly jobReader: JobReader;
  readonly store: ObjectStore;
  readonly imaging: Imaging;
  readonly gpus: GpuFleet;
  readonly gpuSettings: GpuSettings;
  /** Words free text anew before it is shown; null = the compiled instruction always stands. */
  readonly rewriter: PromptRewriter | null;
  /** The service versions this process knows. */
  readonly registry: ServiceRegistry;
  readonly prices: PriceList;
  readonly doorbell: Doorbell;
  /**
   * How many jobs' pictures are loaded and worked on at once. Driving waits mostly for others, and many
   * jobs may wait together; pictures take memory and processors. Absent = as many as there are drives.
   */
  readonly pictureWork?: WorkLimit;
  /** How many jobs' pictures are brought to GPU sides at once. Absent = as many as there are drives. */
  readonly pictureBringing?: WorkLimit;
  /**
   * How many results are fetched, finished and stored at once: each is held in memory from its first
   * byte on, also while it waits for `pictureWork`. Absent = as many as there are drives.
   */
  readonly resultsInHand?: WorkLimit;
  /** Uploads being turned into assets by this process, by their id. */
  readonly uploadWork: SharedWork<typeof assets.$inferSelect>;
  /** How long runs took lately, learnt every few seconds. */
  readonly typicalRuns: ShortMemory<TypicalRun>;
  /** Which shares of new jobs the operator gives to which version, read every moment. */
  readonly versionShares: ShortMemory<VersionShares>;
  /** When ends of jobs were first shown to their owners. */
  readonly sightings: Sightings;
  /** Drives one job now, in the background; the claim loop is the backstop. */
  readonly driveSoon: (jobId: string) => void;
  readonly log: Log;
  /** Where tests let the process die; does nothing in service. */
  readonly failpoint: ReachFailpoint;
  readonly now: () => Date;
  /** A random UUID. */
  readonly newId: () => string;
  /** `size` random bytes. */
  readonly randomBytes: (size: number) => Uint8Array;
  readonly settings: {
    readonly guestCredits: number;
    readonly guestGrantsPerHour: number;
    /** Whether the simulator stands in for the GPU. */
    readonly isSimulated: boolean;
    /** Where RunPod rings, without a trailing slash. */
    readonly webhookOrigin: string;
  };
}

/** Who is asking, and from where answers' URLs are to be read. */
export interface CallerContext {
  readonly services: ServiceContext;
  readonly ownerId: string;
  readonly requestId: string;
  /** Origin of URLs in answers, no trailing slash. */
  readonly origin: string;
}
