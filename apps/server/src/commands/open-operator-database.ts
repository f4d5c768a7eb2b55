import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from "@ob/db/embedded";
import { holdStudioLock, NOTE_STOPPING } from "../supervisor/studio-lock.ts";

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
    close: async () => {
      if (!started.adopted) await stopUnlessTaken(dataDir, started);
    },
  };
}

/** A studio that started meanwhile took the database over: then it is no longer ours to end. */
async function stopUnlessTaken(dataDir: string, started: EmbeddedPostgres): Promise<void> {
  const lock = await holdStudioLock(dataDir);
  if (lock.kind === "taken") return;
  // One that starts now waits until the database has ended.
  lock.setNote(NOTE_STOPPING);
  await started.stop();
  await lock.release();
}
