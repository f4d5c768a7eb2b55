/** A body no larger than this has come along with the head. */
const SMALL_BYTES = 64 * 1024;

/** The same answer; `onEnd` is called once, when its body is read to the end, given up, or broken. */
export function endOfBody(response: Response, onEnd: () => void): Response {
  const { body, status, statusText, headers } = response;
  const length = headers.get("content-length");
  if (body === null || (length !== null && Number(length) <= SMALL_BYTES)) {
    onEnd();
    return response;
  }
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
      onEnd();
    },
    async cancel(reason: unknown) {
      onEnd();
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
