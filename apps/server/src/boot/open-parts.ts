import { randomUUID } from "node:crypto";
import {
  createIncidentSink,
  type GpuFleet,
  type IncidentSink,
  type Log,
  pauseAfterTrouble,
} from "@ob/api";
import { type DbConnection, migrate, openDb } from "@ob/db";
import { createImaging, type Imaging } from "@ob/imaging";
import type { PromptRewriter } from "@ob/workflow";
import { createFileGrants, type FileGrants } from "../adapters/file-grants.ts";
import { createOpenAiRewriter } from "../adapters/rewriter-openai.ts";
import type { ServedStore } from "../adapters/served-store.ts";
import { createDoorbell, type SharedDoorbell } from "../driver/doorbell.ts";
import type { Env } from "../env.ts";
import { openGpus } from "./open-gpus.ts";
import { openStore } from "./open-store.ts";
import { REPLICA_POOL_SIZE } from "./replica-connections.ts";

/** What a replica stands on; none of it knows the port we listen on. */
export interface Parts {
  readonly connection: DbConnection;
  readonly grants: FileGrants;
  readonly store: ServedStore;
  readonly imaging: Imaging;
  readonly gpus: GpuFleet;
  /** Ends the GPU backends' connections that stay open. */
  readonly closeGpus: () => void;
  /** Where the GPU side's failed exchanges go. */
  readonly incidents: IncidentSink;
  /** Null = none is configured. */
  readonly rewriter: PromptRewriter | null;
  readonly doorbell: SharedDoorbell;
}

/** Migrates the database and opens everything. @throws when the database or the folder is not to be had */
export async function openParts(options: {
  env: Env;
  authSecret: string;
  log: Log;
  /** @default real pixels */
  imaging?: Imaging;
  /** False: the database is used as it is. @default true */
  migrates?: boolean;
  /** Of the database. @default a replica's */
  poolSize?: number;
}): Promise<Parts> {
  const { env, log } = options;
  if (options.migrates ?? true) await migrate(env.databaseUrl);
  const connection = openDb({
    url: env.databaseUrl,
    poolSize: options.poolSize ?? REPLICA_POOL_SIZE,
    applicationName: "ob-ai-studio",
  });
  const grants = createFileGrants(options.authSecret);
  const incidents = createIncidentSink({ sql: connection.sql, log, newId: randomUUID });
  const gpus = openGpus(env, { log, onFailedExchange: incidents.record });
  return {
    connection,
    grants,
    store: await openStore(env, grants),
    imaging: options.imaging ?? createImaging(),
    gpus: gpus.fleet,
    closeGpus: gpus.close,
    incidents,
    rewriter: openRewriter(env),
    doorbell: await createDoorbell({ url: env.databaseUrl, sql: connection.hints, log }),
  };
}

function openRewriter({ rewriter }: Env): PromptRewriter | null {
  if (rewriter === null) return null;
  return pauseAfterTrouble(createOpenAiRewriter({ ...rewriter, fetch }), () => new Date());
}
