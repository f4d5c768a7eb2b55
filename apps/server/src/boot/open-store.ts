import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { FileGrants } from "../adapters/file-grants.ts";
import type { ServedStore } from "../adapters/served-store.ts";
import { openFileStore } from "../adapters/storage-files.ts";
import type { Env } from "../env.ts";

/** Opens the object store the environment names. @throws when the folder cannot be made */
export async function openStore(
  { storage, dataDir }: Pick<Env, "storage" | "dataDir">,
  grants: FileGrants,
): Promise<ServedStore> {
  const now = () => new Date();
  switch (storage.kind) {
    case "files":
      return openFileStore({ dir: join(dataDir, "files"), grants, randomBytes, now });
    case "s3": {
      // Its client is large: loaded only where there is a bucket.
      const { openS3Store } = await import("../adapters/storage-s3.ts");
      return openS3Store({ ...storage, grants, now });
    }
  }
}
