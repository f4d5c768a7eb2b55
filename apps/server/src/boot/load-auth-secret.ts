import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The secret that signs sessions and file URLs, generated once into `dataDir` (mode 0600). Two
 * replicas that boot together on one folder read the same one.
 */
export async function loadAuthSecret(
  dataDir: string,
  randomBytes: (size: number) => Uint8Array,
): Promise<string> {
  const path = join(dataDir, "auth-secret");
  await mkdir(dataDir, { recursive: true });
  try {
    const fresh = Buffer.from(randomBytes(32)).toString("base64url");
    await writeFile(path, fresh, { mode: 0o600, flag: "wx", flush: true });
    return fresh;
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
  }
  const kept = (await readFile(path, "utf8")).trim();
  if (kept.length < 32)
    throw new Error(`${path} holds no usable secret; remove it to get a new one`);
  return kept;
}
