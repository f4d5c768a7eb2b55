import { join } from "node:path";

const KEY = /^([a-z]{1,20})\/([0-9a-f]{32})(?:\/([0-9a-f]{64})\.(png|webp|jpg))?$/;

/** What a key of ours says: nothing else is ever turned into a path. */
export interface ObjectName {
  /** Below the store's folder, spread over 256 folders per kind. */
  readonly path: string;
  /** SHA-256 of the bytes, lower-case hex; null = a key that does not tell (raw uploads). */
  readonly sha256: string | null;
  readonly extension: "png" | "webp" | "jpg" | null;
}

/** Reads `kind/<32 hex>[/<sha256>.<png|webp|jpg>]`. Null = no key of ours, so no object either. */
export function parseObjectKey(key: string): ObjectName | null {
  const match = KEY.exec(key);
  if (match === null) return null;
  const [, kind = "", random = "", sha256 = null, extension = null] = match;
  const file = sha256 === null ? random : `${random}-${sha256}.${extension ?? ""}`;
  return {
    path: join(kind, random.slice(0, 2), file),
    sha256,
    extension:
      extension === "png" || extension === "webp" || extension === "jpg" ? extension : null,
  };
}

/** @throws {Error} on a key this program would never make. */
export function requireObjectKey(key: string): ObjectName {
  const name = parseObjectKey(key);
  if (name === null) throw new Error("not an object key of this store");
  return name;
}

/** Content type of what is stored under an extension; null = raw bytes, never served. */
export const CONTENT_TYPE = {
  png: "image/png",
  webp: "image/webp",
  jpg: "image/jpeg",
} as const satisfies Record<NonNullable<ObjectName["extension"]>, string>;
