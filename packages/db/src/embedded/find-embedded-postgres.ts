import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { HOSTED_ROOT } from "./binaries.ts";
import { readLaunchState, type LaunchState } from "./launch-state.ts";
import { SUPERUSER } from "./make-cluster.ts";
import { findPostmaster } from "./postmaster-file.ts";

/** The database of the application inside the embedded cluster. */
export const DATABASE = "ob_ai_studio";

/** PostgreSQL listens here and nowhere else. */
export const HOST = "127.0.0.1";

/** With user and password. */
export function urlOf(state: LaunchState, port: number): string {
  return `postgres://${SUPERUSER}:${state.password}@${HOST}:${port}/${DATABASE}`;
}

/**
 * Where the embedded PostgreSQL of `dataDir` runs now, for a command beside the server; null when
 * none runs there. Starts nothing. The URL holds the password.
 */
export async function findEmbeddedPostgres(
  dataDir: string,
): Promise<{ url: string; port: number; pid: number } | null> {
  const home = await realpath(resolve(dataDir, "postgres")).catch(() => null);
  const state = home === null ? null : await readLaunchState(home);
  if (home === null || state === null) return null;
  const clusterHome = state.place === "hosted" ? join(HOSTED_ROOT, state.id) : home;
  const found = await findPostmaster(join(clusterHome, "cluster"));
  if (found === null || found.port === null) return null;
  return { url: urlOf(state, found.port), port: found.port, pid: found.pid };
}
