import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as rest } from "node:timers/promises";
import {
  createGpuFleet,
  createLocalDoorbell,
  createSharedWork,
  createSightings,
  createShortMemory,
  createJobReader,
  createSqlDriveRows,
  DEFAULT_GPU_SETTINGS,
  type DriveContext,
  PRICES,
  type ServiceContext,
  UPLOAD_LIMITS,
} from "@ob/api";
import { openDb } from "@ob/db";
import type { GpuBackend } from "@ob/runpod";
import { createServiceRegistry, GPU_SERVICES } from "@ob/workflow";
import { createMemoryStore } from "./memory-store.ts";
import { noPixelsAtAll } from "./skip-pixels.ts";

/** What use cases and the driver need. */
export type BenchContext = ServiceContext & DriveContext;

/** Our service code in this process, without server and driver. */
export interface LocalServices {
  readonly ctx: BenchContext;
  close(): Promise<void>;
}

/** Opens it on a migrated database; log lines of trouble go to `onTrouble`. */
export function openServices(o: {
  readonly databaseUrl: string;
  readonly gpu: GpuBackend;
  readonly poolSize: number;
  readonly onTrouble: (event: string, fields?: Record<string, unknown>) => void;
}): LocalServices {
  const connection = openDb({
    url: o.databaseUrl,
    poolSize: o.poolSize,
    applicationName: "ob-bench",
  });
  const log = { info: () => {}, warn: o.onTrouble, error: o.onTrouble };
  const now = () => new Date();
  const ctx: BenchContext = {
    db: connection.db,
    sql: connection.sql,
    hints: connection.hints,
    rows: createSqlDriveRows(connection),
    jobReader: createJobReader(connection.db),
    store: createMemoryStore(),
    imaging: noPixelsAtAll(),
    gpus: createGpuFleet({ backends: [o.gpu] }),
    gpuSettings: { ...DEFAULT_GPU_SETTINGS, maxInFlight: 1_000 },
    rewriter: null,
    registry: createServiceRegistry(GPU_SERVICES),
    prices: PRICES,
    doorbell: createLocalDoorbell(),
    uploadWork: createSharedWork(UPLOAD_LIMITS.decodesAtOnce),
    versionShares: createShortMemory({ freshMs: 2_000 }),
    typicalRuns: createShortMemory({ freshMs: 5_000 }),
    sightings: createSightings({ sql: connection.hints, log, now }),
    driveSoon: () => {},
    log,
    failpoint: () => {},
    now,
    newId: () => randomUUID(),
    randomBytes,
    settings: {
      guestCredits: 0,
      guestGrantsPerHour: 0,
      isSimulated: false,
      webhookOrigin: "http://studio.bench",
    },
    random: Math.random,
    pause: (ms) => rest(ms),
  };
  return { ctx, close: () => connection.close(5_000) };
}
