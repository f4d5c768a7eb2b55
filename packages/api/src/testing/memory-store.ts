import type { ObjectStore } from "../services/context.ts";
import { sha256Hex } from "../services/sha256-hex.ts";

/** An object store in memory; `failPuts` makes the next puts fail as a full disk would. */
export interface MemoryStore extends ObjectStore {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  failPuts(times: number): void;
}

/** Makes an empty store with the promises of the port. */
export function createMemoryStore(): MemoryStore {
  const objects = new Map<string, Uint8Array>();
  let failing = 0;
  return {
    objects,
    failPuts(times) {
      failing = times;
    },
    async put(key, bytes) {
      if (failing > 0) {
        failing -= 1;
        throw new Error("the disk is full");
      }
      const held = objects.get(key);
      if (held !== undefined && sha256Hex(held) !== sha256Hex(bytes)) {
        throw new Error(`${key} holds other bytes`);
      }
      objects.set(key, Uint8Array.from(bytes));
    },
    get: async (key) => objects.get(key) ?? null,
    async head(key) {
      const held = objects.get(key);
      return held === undefined ? null : { bytes: held.byteLength, sha256: sha256Hex(held) };
    },
    size: async (key) => objects.get(key)?.byteLength ?? null,
    list: async ({ prefix, after, limit }) =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix) && key > after)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, { byteLength }]) => ({ key, bytes: byteLength, modifiedAt: new Date(0) })),
    async delete(key) {
      objects.delete(key);
    },
    presignPut: async ({ key, origin }) => ({ url: `${origin}/put/${key}`, headers: {} }),
    signedUrl: ({ key, disposition, origin }) => `${origin}/files/${disposition}/${key}`,
  };
}
