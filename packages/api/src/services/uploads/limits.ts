import { MAX_UPLOAD_BYTES } from "@ob/imaging";

/** Figures of uploads; the public interface fixes them. */
export const UPLOAD_LIMITS = {
  maxBytes: MAX_UPLOAD_BYTES,
  /** From `uploads.create` to the end of the PUT. */
  openMs: 10 * 60_000,
  /** Calls of `uploads.create` and `assets.fromResult` together, per owner and minute. */
  createsPerMinute: 120,
  /** Uploads an owner may have decoded per minute: those of two minutes, should they end in one. */
  finishesPerMinute: 240,
  /** Uploads that a process holds in memory to decode; others wait with nothing read. */
  decodesAtOnce: 4,
  /** How long objects written before their row was may stay, should the process die in between. */
  orphanMs: 60 * 60_000,
  /** A picture that no job was made of within this time is erased. */
  unusedMs: 24 * 60 * 60_000,
} as const;

/** What may be uploaded as what. */
export const CONTENT_TYPES = {
  image: ["image/jpeg", "image/png", "image/webp"],
  mask: ["image/png", "image/webp"],
} as const satisfies Record<"image" | "mask", readonly string[]>;
