/**
 * Reads a request's body of at most `maxBytes`; `null` when it is longer. The rest is read and
 * thrown away: a client that is still sending would otherwise see a reset instead of the answer.
 */
export async function receiveBody(request: Request, maxBytes: number): Promise<Buffer | null> {
  const body: ReadableStream<Uint8Array> | null = request.body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= maxBytes ? Buffer.concat(chunks, size) : null;
}
