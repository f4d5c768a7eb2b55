import { createHash, randomBytes } from "node:crypto";
import { statfs } from "node:fs/promises";
import { createFileGrants } from "../../adapters/file-grants.ts";
import type { ServedStore } from "../../adapters/served-store.ts";
import { openStore } from "../../boot/open-store.ts";
import { broken, type Check, type Finding, ok, type Patient, warning } from "./finding.ts";

const GIB = 1024 ** 3;
/** A photo with its working files and result takes some 50 MB. */
const LITTLE_BYTES = 10 * GIB;
const NEXT_TO_NOTHING_BYTES = GIB;

/** The object store: takes, gives and forgets a picture; has room; lets browsers in. */
export const checkStorage: Check = {
  id: "storage",
  title: { en: "Storage", th: "ที่เก็บไฟล์" },
  async run(patient) {
    const { env } = patient;
    // Only what browsers are given is signed with it, and no browser gets what is made here.
    const grants = createFileGrants(randomBytes(32).toString("hex"));
    const store = await openStore(env, grants);
    const probed = await probe(store);
    if (probed.state === "broken") return [probed];
    return [
      probed,
      env.storage.kind === "files" ? await room(env.dataDir) : await cors(patient, store),
    ];
  },
};

async function probe(store: ServedStore): Promise<Finding> {
  const bytes = randomBytes(1_024);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const key = `results/${randomBytes(16).toString("hex")}/${sha256}.png`;
  try {
    await store.put(key, bytes, "image/png");
    const head = await store.head(key);
    const read = await store.get(key);
    await store.delete(key);
    const left = await store.get(key);
    if (head?.sha256 !== sha256 || read === null || Buffer.compare(read, bytes) !== 0) {
      return broken("It gives back other bytes than it was given.", "Do not use this store.");
    }
    if (left !== null) {
      return broken(
        "What is deleted stays.",
        "Allow s3:DeleteObject, and switch versioning or object lock off: people's pictures must go when they say so.",
      );
    }
    return ok("A picture can be stored, read, checked and deleted.");
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return broken(
      `A picture cannot be stored and read: ${said.slice(0, 300)}`,
      "Files: DATA_DIR must be writable and have room. S3: check the S3_ variables; the key needs put, get, head, list and delete on the bucket.",
    );
  }
}

async function room(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const freeBytes = bavail * bsize;
  const says = `${(freeBytes / GIB).toFixed(1)} GiB are free in DATA_DIR.`;
  if (freeBytes >= LITTLE_BYTES) return ok(says);
  const fix = "Make room, or move DATA_DIR to a larger disk, or set STORAGE=s3.";
  return freeBytes < NEXT_TO_NOTHING_BYTES ? broken(says, fix) : warning(says, fix);
}

async function cors({ env, fetch, now }: Patient, store: ServedStore): Promise<Finding> {
  const origin = env.publicUrl ?? `http://localhost:${env.port}`;
  const { url } = await store.presignPut({
    key: `uploads/${randomBytes(16).toString("hex")}`,
    uploadId: randomBytes(16).toString("hex"),
    contentType: "image/png",
    bytes: 1,
    expiresAt: new Date(now().getTime() + 60_000),
    origin,
  });
  const answer = await fetch(url, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type",
    },
    signal: AbortSignal.timeout(10_000),
  });
  const allowed = answer.headers.get("access-control-allow-origin");
  if (allowed === origin || allowed === "*") return ok(`Browsers at ${origin} may send pictures.`);
  return broken(
    `The bucket does not let browsers at ${origin} send pictures.`,
    `Give the bucket a CORS rule: origin ${origin}, methods GET, PUT and HEAD, header content-type.`,
  );
}
