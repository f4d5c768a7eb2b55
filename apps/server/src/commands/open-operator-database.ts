import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findEmbeddedPostgres, startEmbeddedPostgres } from "@ob/db/embedded";

/** The database an operator's command works on. */
export interface OperatorDatabase {
  /** With user and password. */
  url: string;
  /** Ends what was started for the command; nothing when a live one was used. */
  close(): Promise<void>;
}

/**
 * The database given, else the embedded one below `dataDir`: the live one, or started for as long as
 * the command runs.
 * @throws when there has never been one
 */
export async function openOperatorDatabase(o: {
  dataDir: string;
  databaseUrl: string | null;
}): Promise<OperatorDatabase> {
  const { dataDir, databaseUrl } = o;
  if (databaseUrl !== null) return { url: databaseUrl, close: async () => {} };
  const live = await findEmbeddedPostgres(dataDir);
  if (live !== null) return { url: live.url, close: async () => {} };
  const hasDatabase = await stat(join(dataDir, "postgres/launcher.json")).catch(() => null);
  if (hasDatabase === null) {
    throw new Error(`There is no database in ${dataDir} yet, and DATABASE_URL names none.`);
  }
  const started = await startEmbeddedPostgres({ dataDir, durable: true, log: () => {} });
  return {
    url: started.url,
    // A studio that started meanwhile took it over: then it is no longer ours to end.
    close: async () => {
      if (!started.adopted) await started.stop();
    },
  };
}
