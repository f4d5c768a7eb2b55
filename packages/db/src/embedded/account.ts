import { execFile, spawn } from "node:child_process";
import { stat } from "node:fs/promises";

/** The unprivileged user PostgreSQL runs as when we are root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** The user PostgreSQL must run as: null when we are not root and it can run as ourselves. */
export async function chooseAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const account = await findAccount(name);
    if (account !== null) return account;
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`. " +
      "Start as an ordinary user, or set DATABASE_URL.",
  );
}

/** The owner of an existing cluster, which alone may run it; null when we are not root. */
export async function ownerOf(path: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const { uid, gid } = await stat(path);
  return { name: `user ${uid}`, uid, gid };
}

async function findAccount(name: string): Promise<Account | null> {
  const [uid, gid] = await Promise.all([numberOf(["-u", name]), numberOf(["-g", name])]);
  return uid === null || gid === null ? null : { name, uid, gid };
}

function numberOf(idArguments: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    execFile("id", [...idArguments], (error, stdout) => {
      resolve(error === null ? Number(stdout.trim()) : null);
    });
  });
}

/** The spawn options that drop to `account`, its group and no other group. */
export function asAccount(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

/** Whether `account` can really run `command` (every parent folder open, file readable, libraries found). */
export function canRun(
  command: string,
  args: readonly string[],
  account: Account | null,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      ...asAccount(account),
      cwd: "/",
      stdio: "ignore",
      env: {},
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** Whether `account` can enter the folder. */
export function canEnter(folder: string, account: Account | null): Promise<boolean> {
  return canRun("/bin/sh", ["-c", 'cd "$1"', "sh", folder], account);
}
