import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ListedObject } from "@ob/api";
import { parseObjectKey } from "./object-path.ts";

/** Objects below the store's folder, in the order of their keys. @see ObjectStore.list */
export async function listObjectFiles(
  dir: string,
  { prefix, after, limit }: { prefix: string; after: string; limit: number },
): Promise<ListedObject[]> {
  const [, kind = null, start = ""] = /^([a-z]{1,20})\/([0-9a-f]{2})/.exec(prefix) ?? [];
  if (kind === null) throw new Error("a listing needs a kind and two hex digits");
  const folder = join(dir, kind, start);
  const names = await readdir(folder).catch(emptyIfAbsent);
  const keys = names
    .map((name) => `${kind}/${name.replace("-", "/")}`)
    .filter((key) => key.startsWith(prefix) && key > after && parseObjectKey(key) !== null)
    .toSorted((a, b) => (a < b ? -1 : 1));
  const listed: ListedObject[] = [];
  for (const key of keys) {
    if (listed.length === limit) break;
    const facts = await stat(join(dir, parseObjectKey(key)?.path ?? "")).catch(() => null);
    // Deleted since the folder was read.
    if (facts !== null) listed.push({ key, bytes: facts.size, modifiedAt: facts.mtime });
  }
  return listed;
}

function emptyIfAbsent(thrown: unknown): string[] {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
  throw thrown;
}
