import type { ExchangeRecord } from "./record-exchange.ts";

/** Enough for any worker's words; a proxy's error page is longer and not worth more. */
const MAX_BYTES = 24_000;
/** A failed answer's body is worth a moment, not the whole budget of the call. */
const MAX_WAIT_MS = 2_000;

/**
 * Reads the beginning of an answer that failed by its status into its record, then frees the
 * connection. Never throws: what was read by then is what is told.
 * @returns that beginning
 */
export async function readFailedAnswer(
  response: Response,
  record: ExchangeRecord,
): Promise<string> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) return "";
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Cancelling ends a pending read as if the body were over.
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), MAX_WAIT_MS);
  try {
    while (size < MAX_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
    }
  } catch {
    // A body that breaks off has said what it had to say.
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined);
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_BYTES);
  record.read(text, { isCut: size >= MAX_BYTES });
  return text.toString("utf8");
}
