import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any number will do, as long as every version of the program takes the same. */
const MIGRATION_LOCK = 7_140_113_846;

/**
 * Brings the database at `url` to this version's schema, under a session advisory lock: of two
 * replicas that boot together one migrates, the other waits and finds nothing to do.
 * @throws PostgresError; a failed migration leaves the database as it was.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "ob-migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    // The folder stands beside this file, in src and (copied by the build) in dist.
    const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));
    await runMigrations(drizzle(sql), { migrationsFolder });
  } finally {
    // Ending the session frees the lock.
    await sql.end({ timeout: 5 });
  }
}
