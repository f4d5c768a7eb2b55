import { BodyTooLarge } from "./read-body.ts";

/** A stream that trickles so slowly that it would hold us for its whole time. */
export class TooSlow extends Error {
  override readonly name = "TooSlow";
}

export interface ReadBounds {
  maxBytes: number;
  /** Least bytes per second over each window of `rateWindowMs`. */
  minBytesPerSecond: number;
  rateWindowMs: number;
  signal: AbortSignal;
}

/** A stream that can be ended early. */
export interface ByteStream extends AsyncIterable<unknown> {
  destroy(error?: Error): unknown;
}

/**
 * Reads a byte stream whole.
 * @throws {BodyTooLarge} past `maxBytes`, at once; {TooSlow} below the least rate; the signal's reason
 */
export async function readBounded(stream: ByteStream, bounds: ReadBounds): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let sizeBefore = 0;
  const leastBytes = (bounds.minBytesPerSecond * bounds.rateWindowMs) / 1_000;
  const clock = setInterval(() => {
    if (size - sizeBefore < leastBytes) stream.destroy(new TooSlow("A picture came too slowly."));
    sizeBefore = size;
  }, bounds.rateWindowMs);
  const giveUp = (): void => void stream.destroy(toError(bounds.signal.reason));
  bounds.signal.addEventListener("abort", giveUp, { once: true });
  try {
    bounds.signal.throwIfAborted();
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError("The stream holds no bytes.");
      size += chunk.byteLength;
      if (size > bounds.maxBytes) {
        throw new BodyTooLarge(`A picture is larger than ${bounds.maxBytes} bytes.`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    clearInterval(clock);
    bounds.signal.removeEventListener("abort", giveUp);
    stream.destroy();
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("The download was given up.");
}
