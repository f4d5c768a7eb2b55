/** A body no larger than this has come along with the head. */
const SMALL_BYTES = 64 * 1024;

/**
 * The same answer; `onEnd` is called once, when its body is read to the end, given up, or broken, or
 * when `signal` (of its request) aborts: of a body nobody reads nothing else would be heard.
 */
export function endOfBody(
  response: Response,
  { onEnd, signal }: { onEnd: () => void; signal: AbortSignal | null },
): Response {
  const { body, status, statusText, headers } = response;
  const length = headers.get("content-length");
  if (body === null || (length !== null && Number(length) <= SMALL_BYTES)) {
    onEnd();
    return response;
  }
  let hasEnded = false;
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    signal?.removeEventListener("abort", end);
    onEnd();
  };
  if (signal?.aborted === true) end();
  else signal?.addEventListener("abort", end);
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const source = {
    async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      end();
    },
    async cancel(reason: unknown) {
      end();
      await reader.cancel(reason);
    },
  };
  // A small body runs to its end by itself, also when nobody reads it.
  const watched = new ReadableStream(
    source,
    new ByteLengthQueuingStrategy({ highWaterMark: SMALL_BYTES }),
  );
  return new Response(watched, { status, statusText, headers });
}
