import { createHash, randomBytes } from "node:crypto";
import { createFileGrants } from "../adapters/file-grants.ts";
import type { EnvSource } from "../boot/env-error.ts";
import { S3_NEEDS } from "../boot/storage-env.ts";
import { hashStoredObject } from "./hash-stored-object.ts";

/** SHA-256 (hex) of a stored object as it is now; null when there is none. */
export type ObjectHash = (key: string) => Promise<string | null>;

/**
 * Opens the store the environment names, to read and hash what it holds beside a live server.
 * @throws when STORAGE=s3 and a variable of the bucket is missing
 */
export async function openObjectHash(given: EnvSource, dataDir: string): Promise<ObjectHash> {
  if (given["STORAGE"] !== "s3") return (key) => hashStoredObject(dataDir, key);
  const missing = S3_NEEDS.filter((name) => (given[name] ?? "") === "");
  if (missing.length > 0) {
    throw new Error(`${missing.join(", ")} must be given: STORAGE=s3 needs it`);
  }
  const value = (name: (typeof S3_NEEDS)[number]): string => given[name] ?? "";
  const { openS3Store } = await import("../adapters/storage-s3.ts");
  const store = await openS3Store({
    endpoint: value("S3_ENDPOINT"),
    region: value("S3_REGION"),
    bucket: value("S3_BUCKET"),
    accessKeyId: value("S3_ACCESS_KEY_ID"),
    secretAccessKey: value("S3_SECRET_ACCESS_KEY"),
    // Nothing is signed here for anybody.
    grants: createFileGrants(randomBytes(32).toString("hex")),
    now: () => new Date(),
  });
  return async (key) => {
    const bytes = await store.get(key);
    return bytes === null ? null : createHash("sha256").update(bytes).digest("hex");
  };
}
