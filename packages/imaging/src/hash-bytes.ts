import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";

const SLICE_BYTES = 4 * 1024 * 1024;

/** SHA-256 in hex, in slices of about 2 ms so that the event loop keeps turning. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < bytes.byteLength; start += SLICE_BYTES) {
    hash.update(bytes.subarray(start, start + SLICE_BYTES));
    await nextTurn();
  }
  return hash.digest("hex");
}
