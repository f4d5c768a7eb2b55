import { randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import {
  createSharedWork,
  createWorkLimit,
  createSightings,
  createShortMemory,
  DEFAULT_GPU_SETTINGS,
  type GpuSettings,
  type Log,
  type PriceList,
  assertPriced,
  createJobReader,
  createSqlDriveRows,
  PRICES,
  type ServiceContext,
  UPLOAD_LIMITS,
} from "@ob/api";
import type { Imaging } from "@ob/imaging";
import { createServiceRegistry, GPU_SERVICES, type GpuService } from "@ob/workflow";
import { createAuth } from "../auth/create-auth.ts";
import { createDriver, type Driver } from "../driver/driver.ts";
import { type GpuWatch, startGpuWatch } from "../driver/gpu-watch.ts";
import { startSweeps, type Sweeps } from "../driver/sweeps.ts";
import type { Env } from "../env.ts";
import { createApp } from "../http/app.ts";
import { STREAMS_PER_OWNER } from "../http/stream-slots.ts";
import { defaultWebDir } from "../http/spa.ts";
import { checkGpuRules } from "./check-gpu-rules.ts";
import { createFailpoint } from "./failpoints.ts";
import { createLater, type Later } from "./later.ts";
import { listen, loopbackOrigin, portOf } from "./listen.ts";
import { openParts, type Parts } from "./open-parts.ts";
import { createRequestCount, type RequestCount } from "./request-count.ts";

const CLAIM_INTERVAL_MS = 1_000;
/** An estimate learnt from fifty runs does not change by one more. */
const TYPICAL_RUNS_FRESH_MS = 5_000;
/** An operator who changes shares sees it within moments. */
const VERSION_SHARES_FRESH_MS = 2_000;
/** Drives mostly wait for others: RunPod takes 200 submits at once, and questions besides. */
const DRIVER_CONCURRENCY = 256;
/** Each may hold an original, a result and their pixels. */
const PICTURES_AT_ONCE = 16;
/** Each waits for a network with up to nine megabytes at hand. */
const BRINGINGS_AT_ONCE = 8;
/** Each holds a result, and waits for networks before and after its pixels. */
const RESULTS_AT_ONCE = 16;

export interface ReplicaOptions {
  readonly env: Env;
  readonly authSecret: string;
  readonly log: Log;
  /** @default STREAMS_PER_OWNER */
  readonly streamsPerOwner?: number;
  /** What works on pixels. @default the real thing */
  readonly imaging?: Imaging;
  /** Service versions in the order of release, with their prices. @default the released ones */
  readonly catalogue?: { readonly versions: readonly GpuService[]; readonly prices: PriceList };
}

/** One running replica: everything that must be ended again. */
export interface Replica extends Parts {
  readonly port: number;
  readonly services: ServiceContext;
  readonly server: Server;
  readonly driver: Driver;
  readonly gpuWatch: GpuWatch;
  readonly sweeps: Sweeps;
  readonly later: Later;
  readonly requests: RequestCount;
  /** Aborting it switches readiness off and ends the streams. */
  readonly draining: AbortController;
}

/** Builds every part of a replica and listens. @throws when the database or the port is not to be had. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { env, log, authSecret } = options;
  const parts = await openParts(options);
  const later = createLater(log);
  const requests = createRequestCount();
  const draining = new AbortController();
  const server = await listen(env);

  // From here to the listener nothing waits, so that no request can come in between.
  const port = portOf(server);
  const publicOrigin = env.publicUrl ?? `http://localhost:${port}`;
  const services = createServices({
    ...options,
    parts,
    port,
    driveSoon: (id) => driver.driveSoon(id),
  });
  const driver = createDriver(services, {
    intervalMs: CLAIM_INTERVAL_MS,
    concurrency: DRIVER_CONCURRENCY,
    replicaId: services.newId(),
  });
  const { production, trustedProxyHops, payments, mail } = env;
  const auth = createAuth({ services, secret: authSecret, publicUrl: publicOrigin, production });
  const app = createApp({
    streamsPerOwner: options.streamsPerOwner ?? STREAMS_PER_OWNER,
    services,
    store: parts.store,
    grants: parts.grants,
    auth,
    production,
    publicOrigin,
    port,
    trustedProxyHops,
    payments,
    mail,
    webDir: defaultWebDir(),
    later: later.run,
    requests,
    draining: draining.signal,
  });
  const serve = getRequestListener(app.fetch);
  // A webhook is answered before its body has come, which then is read on for its id.
  const serveWebhook = getRequestListener(app.fetch, { autoCleanupIncoming: false });
  server.on("request", (incoming, outgoing) => {
    const isWebhook = incoming.url?.startsWith("/webhooks/runpod/") === true;
    void (isWebhook ? serveWebhook : serve)(incoming, outgoing);
  });
  driver.start();
  const gpuWatch = startGpuWatch(parts.gpus, log);
  const sweeps = await startSweeps(services, { databaseUrl: env.databaseUrl });
  return { ...parts, port, services, server, driver, gpuWatch, sweeps, later, requests, draining };
}

export interface ServicesOptions extends ReplicaOptions {
  readonly parts: Parts;
  readonly port: number;
  readonly driveSoon: (jobId: string) => void;
}

/** Everything the use cases need, over parts that are open. */
export function createServices(o: ServicesOptions): ServiceContext {
  const { env, parts } = o;
  const isSimulated = env.gpu.backends.some(({ kind }) => kind === "simulator");
  const publicOrigin = env.publicUrl ?? `http://localhost:${o.port}`;
  const { versions, prices } = o.catalogue ?? { versions: GPU_SERVICES, prices: PRICES };
  assertPriced(prices, versions);
  checkGpuRules(env.gpu.rules, versions);
  return {
    db: parts.connection.db,
    sql: parts.connection.sql,
    hints: parts.connection.hints,
    rows: createSqlDriveRows(parts.connection),
    jobReader: createJobReader(parts.connection.db),
    store: parts.store,
    imaging: parts.imaging,
    gpus: parts.gpus,
    rewriter: parts.rewriter,
    registry: createServiceRegistry(versions),
    prices,
    gpuSettings: gpuSettingsOf(env),
    doorbell: parts.doorbell,
    pictureWork: createWorkLimit(PICTURES_AT_ONCE),
    pictureBringing: createWorkLimit(BRINGINGS_AT_ONCE),
    resultsInHand: createWorkLimit(RESULTS_AT_ONCE),
    uploadWork: createSharedWork(UPLOAD_LIMITS.decodesAtOnce),
    versionShares: createShortMemory({ freshMs: VERSION_SHARES_FRESH_MS }),
    typicalRuns: createShortMemory({ freshMs: TYPICAL_RUNS_FRESH_MS }),
    sightings: createSightings({ sql: parts.connection.hints, log: o.log, now: () => new Date() }),
    driveSoon: o.driveSoon,
    log: o.log,
    failpoint: createFailpoint(env.failpoint),
    now: () => new Date(),
    newId: () => randomUUID(),
    randomBytes,
    settings: {
      guestCredits: env.guestCredits,
      guestGrantsPerHour: env.guestGrantsPerHour,
      isSimulated,
      // The simulator runs on this machine, whatever name users reach us by.
      webhookOrigin: isSimulated ? loopbackOrigin(env.host, o.port) : publicOrigin,
    },
  };
}

function gpuSettingsOf({ gpu, gpuFigures }: Env): GpuSettings {
  const { pollsPerSecond } = DEFAULT_GPU_SETTINGS;
  return {
    ...DEFAULT_GPU_SETTINGS,
    pollsPerSecond: pollsPerSecond * gpu.rateShare,
    ...gpuFigures,
    maxInFlight: gpu.maxInFlight,
  };
}
