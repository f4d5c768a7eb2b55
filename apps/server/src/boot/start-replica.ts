import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { DEFAULT_GPU_SETTINGS, type Log, type ServiceContext } from "@ob/api";
import { type DbConnection, migrate, openDb } from "@ob/db";
import { createImaging, type Imaging } from "@ob/imaging";
import { createRunpodClient } from "@ob/runpod";
import { createFileGrants } from "../adapters/file-grants.ts";
import { openFileStore } from "../adapters/storage-files.ts";
import { createAuth } from "../auth/create-auth.ts";
import { createDoorbell } from "../driver/doorbell.ts";
import { createDriver, type Driver } from "../driver/driver.ts";
import { startSweeps, type Sweeps } from "../driver/sweeps.ts";
import type { Env } from "../env.ts";
import { createApp } from "../http/app.ts";
import { defaultWebDir } from "../http/spa.ts";
import { createLater, type Later } from "./later.ts";
import { createRequestCount, type RequestCount } from "./request-count.ts";

const POOL_SIZE = 12;
/** A 25 MB upload over a slow phone; the upload's own ten minutes end it anyway. */
const REQUEST_TIMEOUT_MS = 11 * 60_000;
const HEADERS_TIMEOUT_MS = 30_000;
/** A query's input stands in the URL: 2,000 code points of Thai or emoji are up to 24 KB there. */
const MAX_HEADER_BYTES = 131_072;
const CLAIM_INTERVAL_MS = 1_000;
const DRIVER_CONCURRENCY = 16;

export interface ReplicaOptions {
  readonly env: Env;
  readonly authSecret: string;
  readonly log: Log;
}

/** One running replica: everything that must be ended again. */
export interface Replica {
  readonly port: number;
  readonly services: ServiceContext;
  readonly server: Server;
  readonly driver: Driver;
  readonly doorbell: { close(): Promise<void> };
  readonly sweeps: Sweeps;
  readonly connection: DbConnection;
  readonly imaging: Imaging;
  readonly later: Later;
  readonly requests: RequestCount;
  /** Aborting it switches readiness off and ends the streams. */
  readonly draining: AbortController;
}

/** Builds every part of a replica and listens. @throws when the database or the port is not to be had. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { env, log } = options;
  const newId = () => randomUUID();
  const now = () => new Date();
  await migrate(env.databaseUrl);
  const connection = openDb({
    url: env.databaseUrl,
    poolSize: POOL_SIZE,
    applicationName: "ob-ai-studio",
  });
  const grants = createFileGrants(options.authSecret);
  const store = await openFileStore({ dir: join(env.dataDir, "files"), grants, randomBytes });
  const imaging = createImaging();
  const gpu = createRunpodClient({
    baseUrl: env.gpu.baseUrl,
    endpointId: env.gpu.endpointId,
    apiKey: env.gpu.apiKey,
    httpTimeoutMs: DEFAULT_GPU_SETTINGS.httpTimeoutMs,
    fetch,
  });
  const doorbell = await createDoorbell({ url: env.databaseUrl, sql: connection.sql, log });
  const draining = new AbortController();
  const later = createLater(log);
  const requests = createRequestCount();
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
  });
  server.listen(env.port, env.host);
  await once(server, "listening");

  // From here to the listener nothing waits, so that no request can come in between.
  const port = portOf(server);
  const publicOrigin = env.publicUrl ?? `http://localhost:${port}`;
  const services: ServiceContext = {
    db: connection.db,
    sql: connection.sql,
    store,
    imaging,
    gpu,
    gpuSettings: { ...DEFAULT_GPU_SETTINGS, maxInFlight: env.gpu.maxInFlight },
    doorbell,
    driveSoon: (jobId) => driver.driveSoon(jobId),
    log,
    now,
    newId,
    randomBytes,
    settings: {
      guestCredits: env.guestCredits,
      guestGrantsPerHour: env.guestGrantsPerHour,
      // The simulator runs on this machine, whatever name users reach us by.
      webhookOrigin:
        env.gpu.backend === "simulator" ? loopbackOrigin(env.host, port) : publicOrigin,
    },
  };
  const driver = createDriver(services, {
    intervalMs: CLAIM_INTERVAL_MS,
    concurrency: DRIVER_CONCURRENCY,
    replicaId: newId(),
  });
  const { production } = env;
  const auth = createAuth({
    services,
    secret: options.authSecret,
    publicUrl: publicOrigin,
    production,
  });
  const app = createApp({
    services,
    store,
    auth,
    grants,
    production,
    publicOrigin,
    port,
    trustedProxyHops: env.trustedProxyHops,
    payments: env.payments,
    mail: env.mail,
    webDir: defaultWebDir(),
    draining: draining.signal,
    later: later.run,
    requests,
  });
  server.on("request", getRequestListener(app.fetch));
  driver.start();
  const sweeps = await startSweeps(services, { databaseUrl: env.databaseUrl });
  return {
    port,
    services,
    server,
    driver,
    doorbell,
    sweeps,
    connection,
    imaging,
    later,
    requests,
    draining,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

function loopbackOrigin(host: string, port: number): string {
  const any = host === "0.0.0.0" || host === "::" || host === "localhost";
  return `http://${any ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
