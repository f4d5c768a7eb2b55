import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
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
  /** Waits at most `timeoutMs` for what runs, then cuts. */
  close(timeoutMs: number): Promise<void>;
}

export interface DbConnectionOptions {
  url: string;
  /** Connections of each of the two pools. */
  poolSize: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
}

/** Opens the two pools. Connects lazily; never throws before the first query. */
export function openDb(options: DbConnectionOptions): DbConnection {
  const settings = {
    max: options.poolSize,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: options.applicationName, TimeZone: "UTC" },
  };
  const readClient = postgres(options.url, settings);
  const sql = postgres(options.url, settings);
  return {
    db: drizzle(readClient, { schema }),
    sql,
    async close(timeoutMs) {
      const timeout = timeoutMs / 1000;
      await Promise.all([readClient.end({ timeout }), sql.end({ timeout })]);
    },
  };
}
