import { createHash, randomUUID } from "node:crypto";
import { checkInvariants, type Db, type Sql } from "@ob/db";
import { createTestDatabase } from "@ob/db/testing";
import { createImaging, type Imaging } from "@ob/imaging";
import type { GpuBackend } from "@ob/runpod";
import {
  createServiceRegistry,
  GPU_SERVICES,
  type GpuService,
  type PromptRewriter,
} from "@ob/workflow";
import { onTestFinished } from "vitest";
import type { CreateJobInput, Job } from "../contract/job.ts";
import { DEFAULT_GPU_SETTINGS, type GpuSettings } from "../domain/gpu-settings.ts";
import { type PriceList, PRICES } from "../domain/prices.ts";
import type { CallerContext, Log, ServiceContext } from "../services/context.ts";
import { readBalance } from "../services/credits/read-balance.ts";
import { createJob } from "../services/jobs/create-job.ts";
import type { DriveContext } from "../services/jobs/drive/drive-context.ts";
import { createSqlDriveRows } from "../services/jobs/drive/sql-drive-rows.ts";
import { createGpuFleet } from "../services/gpus/gpu-fleet.ts";
import { getJob } from "../services/jobs/get-job.ts";
import { createJobReader } from "../services/jobs/job-reader.ts";
import { createShortMemory } from "../services/short-memory.ts";
import { createSightings } from "../services/operations/sightings.ts";
import { createSharedWork } from "../services/shared-work.ts";
import { createLocalDoorbell, type LocalDoorbell } from "../services/streams/local-doorbell.ts";
import { UPLOAD_LIMITS } from "../services/uploads/limits.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createMemoryStore, type MemoryStore } from "./memory-store.ts";
import { createDriving } from "./driving.ts";
import { createPeople, type NewAsset } from "./people.ts";
import { createScriptedGpu, type ScriptedGpu } from "./scripted-gpu.ts";
import { createStubImaging } from "./stub-imaging.ts";

export interface SetupOptions<Gpu extends GpuBackend = ScriptedGpu> {
  /** Credits of the first owner. @default 20 */
  readonly credits?: number;
  readonly gpuSettings?: Partial<GpuSettings>;
  /** @default a scripted one */
  readonly gpu?: Gpu;
  /** `real` decodes and pastes; `stub` looks at no pixel. @default "stub" */
  readonly imaging?: "real" | "stub";
  readonly poolSize?: number;
  /** In the order of release. @default the released ones */
  readonly versions?: readonly GpuService[];
  /** @default none */
  readonly rewriter?: PromptRewriter;
  /** @default the published ones */
  readonly prices?: PriceList;
  /** @default one that stands still */
  readonly clock?: FakeClock;
}

/** One line of the log. */
export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly fields: Record<string, unknown>;
}

/** A world to test in: real PostgreSQL, a memory store, a clock that stands still. */
export interface World<Gpu extends GpuBackend = ScriptedGpu> {
  readonly services: ServiceContext & DriveContext;
  readonly caller: CallerContext;
  readonly gpu: Gpu;
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly doorbell: LocalDoorbell;
  readonly log: readonly LogLine[];
  readonly url: string;
  readonly sql: Sql;
  readonly db: Db;
  readonly imageAssetId: string;
  readonly maskAssetId: string;
  addOwner(credits: number): Promise<CallerContext>;
  addAsset(caller: CallerContext, asset: NewAsset): Promise<string>;
  /** Creates a job of the first owner; fields left out are filled in. */
  createJob(input?: Partial<CreateJobInput["input"]>): Promise<Job>;
  /** Wakes and drives a job as the driver would. False: somebody holds its lease, or this process died on the way. */
  reconcile(job: { id: string }): Promise<boolean>;
  /** Drives everything that is due, oldest first; once. @returns how many jobs */
  driveDue(): Promise<number>;
  job(job: { id: string }): Promise<Job>;
  balance(): Promise<{ available: number; held: number }>;
  /** Liveness is judged only when the driver has had its time. @throws when an invariant is broken */
  checkInvariants(options?: { liveness: boolean }): Promise<void>;
}

/** Builds a world and takes it down, invariants checked, when the test ends. */
export async function setup(options?: SetupOptions): Promise<World>;
export async function setup<Gpu extends GpuBackend>(
  options: SetupOptions<Gpu> & { gpu: Gpu },
): Promise<World<Gpu>>;
export async function setup(options: SetupOptions<GpuBackend> = {}): Promise<World<GpuBackend>> {
  const database = await createTestDatabase({ poolSize: options.poolSize ?? 4 });
  const imaging: Imaging =
    options.imaging === "real" ? createImaging({ threads: 1 }) : createStubImaging();
  const gpu = options.gpu ?? createScriptedGpu();
  const clock = options.clock ?? createFakeClock();
  const store = createMemoryStore();
  const doorbell = createLocalDoorbell();
  const { log, lines } = createMemoryLog();
  const services: ServiceContext & DriveContext = {
    db: database.db,
    sql: database.sql,
    hints: database.hints,
    rows: createSqlDriveRows(database),
    jobReader: createJobReader(database.db),
    store,
    imaging,
    gpus: createGpuFleet({ backends: [gpu], now: clock.now }),
    doorbell,
    uploadWork: createSharedWork(UPLOAD_LIMITS.decodesAtOnce),
    log,
    versionShares: createShortMemory({ freshMs: 0 }),
    typicalRuns: createShortMemory({ freshMs: 0 }),
    sightings: createSightings({ sql: database.hints, log, now: clock.now }),
    registry: createServiceRegistry(options.versions ?? GPU_SERVICES),
    prices: options.prices ?? PRICES,
    rewriter: options.rewriter ?? null,
    gpuSettings: { ...DEFAULT_GPU_SETTINGS, ...options.gpuSettings },
    driveSoon: () => {},
    failpoint: () => {},
    now: clock.now,
    newId: createIds(),
    randomBytes: createRandomBytes(),
    settings: {
      guestCredits: 20,
      guestGrantsPerHour: 20,
      isSimulated: true,
      webhookOrigin: "http://studio.test",
    },
    random: () => 0.5,
    pause: async () => {},
  };
  const check = ({ liveness } = { liveness: true }) => assertInvariants(services, store, liveness);
  onTestFinished(async () => {
    let areChecked = false;
    try {
      await services.sightings.settle();
      await check();
      areChecked = true;
    } finally {
      await imaging.close();
      await database.close({ areChecked });
    }
  });
  const people = createPeople(services);
  const caller = await people.addOwner(options.credits ?? 20);
  const size = { width: 96, height: 64 };
  const imageAssetId = await people.addAsset(caller, { kind: "image", ...size });
  const maskAssetId = await people.addAsset(caller, { kind: "mask", ...size });
  return {
    services,
    caller,
    gpu,
    clock,
    store,
    doorbell,
    log: lines,
    imageAssetId,
    maskAssetId,
    ...people,
    ...createDriving(services),
    url: database.url,
    sql: database.sql,
    db: database.db,
    createJob: (input = {}) => createJob(caller, newJob({ imageAssetId, ...input })),
    job: ({ id }) => getJob(caller, { jobId: id }),
    balance: () => readBalance(caller),
    checkInvariants: check,
  };
}

/** A valid request for an edit, to be changed field by field. */
export function newJob(
  input: Partial<CreateJobInput["input"]> & { imageAssetId: string },
): CreateJobInput {
  return {
    requestId: randomUUID(),
    service: "qwen-image-edit",
    input: { prompt: "เปลี่ยนเสื้อเป็นสีฟ้า", mode: "fast", ...input },
  };
}

function createMemoryLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine["level"]) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      lines.push({ level, event, fields });
    };
  return { log: { info: at("info"), warn: at("warn"), error: at("error") }, lines };
}

/** UUIDs that count, so that ties are broken alike in every run. */
function createIds(): () => string {
  let given = 0;
  return () => {
    given += 1;
    return `00000000-0000-4000-8000-${given.toString(16).padStart(12, "0")}`;
  };
}

/** Random-looking, different each time, and the same in every run. */
function createRandomBytes(): (size: number) => Uint8Array {
  let drawn = 0;
  return (size) => {
    drawn += 1;
    return createHash("shake256", { outputLength: size }).update(`draw ${drawn}`).digest();
  };
}

async function assertInvariants(
  ctx: ServiceContext,
  store: MemoryStore,
  liveness: boolean,
): Promise<void> {
  const reports = await checkInvariants(ctx.sql, {
    now: ctx.now(),
    ...(liveness ? {} : { serverStartedAt: ctx.now() }),
    objectSha256: async (key) => (await store.head(key))?.sha256 ?? null,
  });
  const broken = reports.filter(({ violations }) => violations.length > 0);
  if (broken.length > 0) throw new Error(`invariants broken: ${JSON.stringify(broken, null, 2)}`);
}
