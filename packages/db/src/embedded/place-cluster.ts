import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canEnter, type Account } from "./account.ts";
import { HOSTED_ROOT } from "./binaries.ts";
import {
  newLaunchState,
  readLaunchState,
  writeLaunchState,
  type LaunchState,
} from "./launch-state.ts";

/** The kept identity, or a new one whose cluster stands where `account` can reach it. */
export async function openLaunchState(home: string, account: Account | null): Promise<LaunchState> {
  const kept = await readLaunchState(home);
  if (kept !== null) return kept;
  if (await exists(join(home, "cluster"))) {
    throw new Error(
      `${home}/cluster has lost its launcher.json (its password): restore it or remove both.`,
    );
  }
  const state = newLaunchState((await canEnter(home, account)) ? "inside" : "hosted");
  await writeLaunchState(home, state);
  return state;
}

/** The folder above the cluster, ready for use. @throws when it cannot be used by `account` any more. */
export async function openClusterHome(
  home: string,
  state: LaunchState,
  account: Account | null,
): Promise<string> {
  if (state.place === "hosted") return await openHostedHome(home, state);
  if (await canEnter(home, account)) return home;
  throw new Error(
    `The database in ${home} belongs to ${account?.name ?? "another user"}, who can no longer enter that folder: ` +
      "open its parent folders (chmod o+x).",
  );
}

async function openHostedHome(home: string, state: LaunchState): Promise<string> {
  const clusterHome = join(HOSTED_ROOT, state.id);
  await mkdir(clusterHome, { recursive: true, mode: 0o755 });
  const ownerFile = join(clusterHome, "belongs-to");
  const owner = (await readFile(ownerFile, "utf8").catch(() => "")).trim();
  if (owner === home) return clusterHome;
  const rival = owner === "" ? null : await readLaunchState(owner).catch(() => null);
  if (rival?.id === state.id) {
    throw new Error(
      `${home} is a copy of ${owner} and would open the same database. Remove ${home} to start with a new one.`,
    );
  }
  await writeFile(ownerFile, `${home}\n`);
  return clusterHome;
}

/** Whether something stands at `path`. */
export async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
