import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, open, readdir, readFile, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileGrants } from "./file-grants.ts";
import { parseObjectKey, requireObjectKey } from "./object-path.ts";
import { listObjectFiles } from "./list-object-files.ts";
import { roundedExpiry } from "./rounded-expiry.ts";
import type { Receipt, ServedStore, StoreAccess } from "./served-store.ts";

export interface FileStoreOptions {
  /** Folder of the objects; made when absent. */
  readonly dir: string;
  readonly grants: FileGrants;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly now: () => Date;
}

/** The object store on a folder: every byte passes through our own routes. */
export interface FileStore extends ServedStore {
  readonly access: Extract<StoreAccess, { kind: "through-us" }>;
}

/** Opens the store and removes what an earlier process left half-written. */
export async function openFileStore(options: FileStoreOptions): Promise<FileStore> {
  const { dir, grants } = options;
  const tmpDir = join(dir, "tmp");
  await mkdir(tmpDir, { recursive: true, mode: 0o700 });
  await removeLeftovers(tmpDir, options.now());

  const pathOf = (key: string) => join(dir, requireObjectKey(key).path);
  const tmpPath = () => join(tmpDir, Buffer.from(options.randomBytes(16)).toString("hex"));

  const head = async (key: string) => {
    const bytes = await readOrNull(pathOf(key));
    return bytes === null ? null : { bytes: bytes.byteLength, sha256: sha256Of(bytes) };
  };

  const receive = async (
    key: string,
    body: AsyncIterable<Uint8Array>,
    bytes: number,
  ): Promise<Receipt> => {
    try {
      const outcome = await publish(tmpPath(), pathOf(key), countUpTo(body, bytes));
      return outcome === "taken" ? { kind: "taken" } : { kind: "stored", bytes };
    } catch (thrown) {
      if (thrown instanceof WrongSize) return { kind: thrown.kind };
      throw thrown;
    }
  };

  return {
    head,
    async put(key, bytes) {
      const name = requireObjectKey(key);
      const sha256 = sha256Of(bytes);
      if (name.sha256 !== null && name.sha256 !== sha256) {
        throw new Error("the key names other bytes than these");
      }
      if ((await publish(tmpPath(), pathOf(key), [bytes])) === "taken") {
        const present = await head(key);
        if (present?.sha256 !== sha256) throw new Error("the key already holds other bytes");
      }
    },
    get: (key) => (parseObjectKey(key) === null ? Promise.resolve(null) : readOrNull(pathOf(key))),
    delete: (key) => rm(pathOf(key), { force: true }),
    access: { kind: "through-us", receive, read: (key) => createReadStream(pathOf(key)) },
    list: (page) => listObjectFiles(dir, page),
    async size(key) {
      if (parseObjectKey(key) === null) return null;
      const facts = await stat(pathOf(key)).catch(nullIfAbsent);
      return facts === null ? null : facts.size;
    },
    async probe() {
      const path = tmpPath();
      const file = await open(path, "wx", 0o600);
      await file.close();
      await unlink(path);
    },
    async presignPut(request) {
      const grant = grants.sign({ kind: "write", uploadId: request.uploadId }, request.expiresAt);
      return {
        url: `${request.origin}/files/${grant}/${request.uploadId}`,
        headers: { "content-type": request.contentType },
      };
    },
    signedUrl(request) {
      const { key, disposition } = request;
      const grant = grants.sign({ kind: "read", key, disposition }, roundedExpiry(request.now));
      return `${request.origin}/files/${grant}/${key}`;
    },
  };
}

/**
 * Writes beside, syncs, then links: the object appears whole or not at all and never replaces
 * another. `taken` = the name was given before.
 */
async function publish(
  tmp: string,
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<"published" | "taken"> {
  try {
    const file = await open(tmp, "wx", 0o600);
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await link(tmp, path);
    await syncFolder(dirname(path));
    return "published";
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") return "taken";
    throw thrown;
  } finally {
    await rm(tmp, { force: true });
  }
}

class WrongSize extends Error {
  readonly kind: "too-large" | "too-small";
  constructor(kind: "too-large" | "too-small") {
    super(kind);
    this.kind = kind;
  }
}

/** Beyond the declared size this much is still read, so that the sender gets to see the answer. */
const MAX_EXCESS_BYTES = 32 * 1024 * 1024;

/** Passes on at most `bytes` bytes. @throws {WrongSize} when there were more, or fewer */
async function* countUpTo(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen <= bytes) yield chunk;
    else if (seen > bytes + MAX_EXCESS_BYTES) break;
  }
  if (seen > bytes) throw new WrongSize("too-large");
  if (seen < bytes) throw new WrongSize("too-small");
}

/** Renames and links survive a power cut only once their folder is synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeLeftovers(tmpDir: string, now: Date): Promise<void> {
  const hourAgo = now.getTime() - 3_600_000;
  for (const name of await readdir(tmpDir)) {
    const facts = await stat(join(tmpDir, name)).catch(nullIfAbsent);
    if (facts !== null && facts.mtimeMs < hourAgo) await rm(join(tmpDir, name), { force: true });
  }
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  return await readFile(path).catch(nullIfAbsent);
}

function nullIfAbsent(thrown: unknown): null {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return null;
  throw thrown;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
