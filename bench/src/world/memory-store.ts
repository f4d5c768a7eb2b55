import { createHash } from "node:crypto";
import type { ServiceContext } from "@ob/api";

type ObjectStore = ServiceContext["store"];

/** Objects in memory with the promises of the port, so that a disk is in no figure of the database. */
export function createMemoryStore(): ObjectStore {
  const objects = new Map<string, { bytes: Uint8Array; sha256: string }>();
  return {
    async put(key, bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const held = objects.get(key);
      if (held !== undefined && held.sha256 !== sha256) throw new Error(`${key} holds other bytes`);
      objects.set(key, { bytes, sha256 });
    },
    get: async (key) => objects.get(key)?.bytes ?? null,
    async head(key) {
      const held = objects.get(key);
      return held === undefined ? null : { bytes: held.bytes.byteLength, sha256: held.sha256 };
    },
    size: async (key) => objects.get(key)?.bytes.byteLength ?? null,
    list: async ({ prefix, after, limit }) =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix) && key > after)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, { bytes }]) => ({
          key,
          bytes: bytes.byteLength,
          modifiedAt: new Date(0),
        })),
    async delete(key) {
      objects.delete(key);
    },
    presignPut: async ({ key, origin }) => ({ url: `${origin}/put/${key}`, headers: {} }),
    signedUrl: ({ key, disposition, origin }) => `${origin}/files/${disposition}/${key}`,
  };
}
