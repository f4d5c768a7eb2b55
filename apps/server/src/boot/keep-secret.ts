import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Reads the secret kept in a file, or makes it (mode 0600). It appears whole or not at all, also
 * when the machine stops: written beside, synced, then linked. Of two that make it at once one wins,
 * and both get that one.
 * @throws {Error} naming the file when it is empty: nothing of ours leaves one so
 */
export async function keepSecret(path: string, make: () => string): Promise<string> {
  const kept = await readTrimmed(path);
  if (kept !== null) return kept;
  await mkdir(dirname(path), { recursive: true });
  await publish(path, make());
  const present = await readTrimmed(path);
  if (present === null) throw new Error(`${path} could not be kept`);
  return present;
}

async function publish(path: string, secret: string): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  const file = await open(beside, "wx", 0o600);
  try {
    await file.writeFile(secret);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(beside, path);
    await syncFolder(dirname(path));
  } catch (thrown) {
    // Another was faster; its secret is the one.
    if (codeOf(thrown) !== "EEXIST") throw thrown;
  } finally {
    await rm(beside, { force: true });
  }
}

/** A link survives a power cut only once its folder is synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readTrimmed(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, "utf8")).trim();
    if (text === "") throw new Error(`${path} holds no usable secret; remove it to get a new one`);
    return text;
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return null;
    throw thrown;
  }
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
}
