import { createHash } from "node:crypto";

import type { StoredObject } from "./options.ts";

/** A page of a listing. */
export interface ListedPage {
  readonly objects: readonly StoredObject[];
  /** Where the next page begins (after this key); null = this was the last. */
  readonly nextAfter: string | null;
}

/** The objects of one bucket, and what is not shown of them yet. */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();
  readonly #hiddenReads = new Map<string, number>();
  readonly #now: () => number;
  #hideFor = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  hideNewObjects(reads: number): void {
    this.#hideFor = reads;
  }

  put(
    key: string,
    bytes: Buffer,
    told: Pick<StoredObject, "contentType" | "headers"> & { hasChecksum: boolean },
  ): StoredObject {
    const object: StoredObject = {
      key,
      bytes,
      contentType: told.contentType,
      headers: told.headers,
      checksumSha256: told.hasChecksum ? digest("sha256", bytes, "base64") : null,
      etag: `"${digest("md5", bytes, "hex")}"`,
      modifiedAtMs: this.#now(),
    };
    this.objects.set(key, object);
    if (this.#hideFor > 0) this.#hiddenReads.set(key, this.#hideFor);
    return object;
  }

  /** Null = no such object, or not to be seen yet. */
  read(key: string): StoredObject | null {
    const hidden = this.#hiddenReads.get(key) ?? 0;
    if (hidden > 0) {
      this.#hiddenReads.set(key, hidden - 1);
      return null;
    }
    return this.objects.get(key) ?? null;
  }

  delete(key: string): void {
    this.objects.delete(key);
    this.#hiddenReads.delete(key);
  }

  /** In the order of UTF-8 bytes, as S3 lists. */
  list(o: { prefix: string; after: string; limit: number }): ListedPage {
    const fitting = [...this.objects.values()]
      .filter(
        ({ key }) => key.startsWith(o.prefix) && (o.after === "" || byBytes(key, o.after) > 0),
      )
      .toSorted((a, b) => byBytes(a.key, b.key));
    const objects = fitting.slice(0, o.limit);
    const isCut = fitting.length > objects.length;
    return { objects, nextAfter: isCut ? (objects.at(-1)?.key ?? null) : null };
  }
}

export function digest(
  algorithm: "md5" | "sha256",
  bytes: Uint8Array,
  encoding: "hex" | "base64",
): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
