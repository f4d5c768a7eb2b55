import type { ObjectStore } from "@ob/api";
import type { Disposition } from "./file-grants.ts";

/** What became of a PUT. Only `stored` leaves anything behind. */
export type Receipt =
  | { readonly kind: "stored"; readonly bytes: number }
  | { readonly kind: "too-large" | "too-small" | "taken" };

/** How browsers get at the objects of a store. */
export type StoreAccess =
  /** Every byte passes through our own routes. */
  | {
      readonly kind: "through-us";
      /** Takes exactly `bytes` bytes, once per key. @throws what the stream throws; nothing is kept then. */
      receive(key: string, body: AsyncIterable<Uint8Array>, bytes: number): Promise<Receipt>;
      read(key: string): AsyncIterable<Uint8Array>;
    }
  /** The browser talks to the bucket itself; our routes only convert and redirect. */
  | {
      readonly kind: "direct";
      /** Origin that pages must be allowed to fetch from, show pictures of and send to. */
      readonly origin: string;
      /** A signed GET of the object, valid about an hour. */
      url(request: { key: string; disposition: Disposition; now: Date }): string;
    };

/** An object store with what HTTP and readiness need beside the port. */
export interface ServedStore extends ObjectStore {
  readonly access: StoreAccess;
  /** @throws when nothing can be stored or read at present */
  probe(): Promise<void>;
}

/** The name a browser saves a picture under. */
export function downloadName(sha256: string | null, extension: string): string {
  return `ob-ai-studio-${(sha256 ?? "").slice(0, 8)}.${extension}`;
}
