import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { prepareStatements } from "./prepare-statements.ts";
import { openSocket } from "./open-socket.ts";
import * as schema from "./schema/index.ts";

/** Drizzle over the whole schema; reads go through it. */
export type Db = PostgresJsDatabase<typeof schema>;
/** A raw client: hot functions and LISTEN. Drizzle changes the parsers of the client it is given, so it has its own. */
export type Sql = postgres.Sql;

/** A raw client or one transaction of it; what the hot functions take. */
export type SqlRunner = postgres.ISql;

export interface DbConnection {
  readonly db: Db;
  readonly sql: Sql;
  /**
   * The same, for what a crash of the database may take back: leases, wake-ups. It waits for no disk;
   * the next durable commit brings what went before along.
   */
  readonly hints: Sql;
  /** Waits at most `timeoutMs` for what runs, then cuts. */
  close(timeoutMs: number): Promise<void>;
}

export interface DbConnectionOptions {
  url: string;
  /** Connections of the pools for reading and for writing, each; the one for hints has at most eight. */
  poolSize: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
}

/** No statement of ours takes a second; one that does not end must not keep its connection for ever. */
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 5_000;
/** By then a living database has answered, were it only that the statement took too long. */
export const DATABASE_SILENT_MS = STATEMENT_TIMEOUT_MS + 5_000;
/** Well before a silent socket is destroyed that nobody asks. @see openSocket */
const IDLE_SECONDS = 30;
/** A database that restarts is asked again at least this often. */
const MAX_RECONNECT_SECONDS = 1;

/** Hints wait for no disk: few connections carry as many of them as many carry of the others. Now and then one waits for a row. */
const MAX_HINT_CONNECTIONS = 8;

/** How many connections the pools of `poolSize` hold at most, altogether. */
export function mostConnections(poolSize: number): number {
  return 2 * poolSize + hintPoolSize(poolSize);
}

function hintPoolSize(poolSize: number): number {
  return Math.min(poolSize, MAX_HINT_CONNECTIONS);
}

/** Opens the three pools. Connects lazily; never throws before the first query. */
export function openDb(options: DbConnectionOptions): DbConnection {
  const settings = {
    max: options.poolSize,
    idle_timeout: IDLE_SECONDS,
    connect_timeout: 10,
    socket: openSocket(DATABASE_SILENT_MS),
    onnotice: () => {},
    backoff: (failures: number) => Math.min(MAX_RECONNECT_SECONDS, 0.05 * 2 ** failures),
    connection: {
      application_name: options.applicationName,
      TimeZone: "UTC",
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
    },
  };
  const readClient = prepareStatements(postgres(options.url, settings));
  const sql = postgres(options.url, settings);
  const hints = postgres(options.url, {
    ...settings,
    max: hintPoolSize(options.poolSize),
    connection: { ...settings.connection, synchronous_commit: "off" },
  });
  return {
    db: drizzle(readClient, { schema }),
    sql,
    hints,
    async close(timeoutMs) {
      const timeout = timeoutMs / 1000;
      await Promise.all([readClient, sql, hints].map((client) => client.end({ timeout })));
    },
  };
}
