/** How much of a refused body is read before the answer, so that an honest client gets to see it. */
const MAX_DISCARDED_BYTES = 32 * 1024 * 1024;

/**
 * Reads and forgets the rest of a body. A client that is still sending when the connection closes
 * sees a reset instead of the answer. False = there was more than we care to read.
 */
export async function discardBody(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes = MAX_DISCARDED_BYTES,
): Promise<boolean> {
  if (body === null) return true;
  let seen = 0;
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen > maxBytes) return false;
  }
  return true;
}
