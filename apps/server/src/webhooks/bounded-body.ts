/**
 * The pieces of a body until `signal` aborts; then the rest is refused and the connection ends. Who
 * stops reading early refuses the rest too. Null = there is no body.
 */
export function boundedBody(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> | null {
  return body === null ? null : piecesOf(body, signal);
}

async function* piecesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const reader = body.getReader();
  const refuse = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", refuse, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", refuse);
    // Does nothing where the body has come to its end.
    refuse();
  }
}
