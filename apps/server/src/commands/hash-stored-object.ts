import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { parseObjectKey } from "../adapters/object-path.ts";

/** SHA-256 (hex) of a stored object below `dataDir`, read beside a live server; null when there is none. */
export async function hashStoredObject(dataDir: string, key: string): Promise<string | null> {
  const name = parseObjectKey(key);
  if (name === null) return null;
  const hash = createHash("sha256");
  const stream = createReadStream(join(dataDir, "files", name.path));
  stream.on("data", (chunk) => hash.update(chunk));
  return await new Promise((resolve, reject) => {
    stream.once("end", () => resolve(hash.digest("hex")));
    stream.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve(null);
      else reject(error);
    });
  });
}
