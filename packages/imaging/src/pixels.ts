import { setImmediate as nextTurn } from "node:timers/promises";

/** Bytes that the event loop and the pixel workers see at once, without copies. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/** 8-bit interleaved samples, row by row from the top: grey (1), RGB (3) or RGBA (4, not premultiplied). */
export interface Pixels {
  readonly data: SharedBytes;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

const COPY_CHUNK_BYTES = 4 * 1024 * 1024;

/** New zeroed shared bytes. */
export function sharedBytes(length: number): SharedBytes {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Copies into shared memory in slices, so that 120 MB never hold the event loop for more than about a millisecond. */
export async function copyToShared(bytes: Uint8Array): Promise<SharedBytes> {
  const shared = sharedBytes(bytes.byteLength);
  for (let start = 0; start < bytes.byteLength; start += COPY_CHUNK_BYTES) {
    if (start > 0) await nextTurn();
    shared.set(bytes.subarray(start, start + COPY_CHUNK_BYTES), start);
  }
  return shared;
}
